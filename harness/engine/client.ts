import { getContainerRuntimeClient, type ContainerRuntimeClient } from 'testcontainers'
import { HarnessError } from '../errors.ts'
import { within } from '../within.ts'
import { addressOf, chosenEngine, isAnother } from './chosen-engine.ts'

/** The label that everything started in the engine carries; its value is the run's id. */
export const runLabel = 'etcd-tls.run'

// Runs clean up after themselves and after killed ones; Ryuk's image may be out of reach.
process.env['TESTCONTAINERS_RYUK_DISABLED'] ??= 'true'

/** Milliseconds for the first word of the engine. */
const answerLimit = 20_000

/** The engine testcontainers speaks to, and none but the one that was chosen. Errors: HarnessError `no-engine`. */
export async function engineClient(): Promise<ContainerRuntimeClient> {
  const client = await firstClient()
  const chosen = chosenEngine()
  if (!isAnother(addressOf(client.container.dockerode), chosen)) return client
  throw new HarnessError('no-engine', `The container engine at ${chosen ?? ''} does not answer.`)
}

async function firstClient(): Promise<ContainerRuntimeClient> {
  try {
    return await within(answerLimit, 'the container engine to answer', getContainerRuntimeClient())
  } catch (cause) {
    const message = 'No container engine answers; `etcd-tls doctor` says what is missing.'
    throw new HarnessError('no-engine', message, { cause })
  }
}

/** Milliseconds for a question that the engine answers from what it knows. */
const questionLimit = 30_000

/** An answer of the engine. Errors: HarnessError `waited-too-long` naming the question; the engine's. */
export const answered = <T>(question: string, answer: Promise<T>): Promise<T> =>
  within(questionLimit, `the engine to tell ${question}`, answer)

/** The engine, or undefined where none answers now. */
export const engineIfAny = (): Promise<ContainerRuntimeClient | undefined> =>
  engineClient().catch(() => undefined)
