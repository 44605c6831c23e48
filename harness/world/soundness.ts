import { HarnessError } from '../errors.ts'
import type { ContainerHandle } from './container-handle.ts'
import type { LogBook } from './log-book.ts'

/** 128 and SIGKILL: how a process ends that an engine, a kernel without memory or somebody else put an end to. */
export const killed = 137

/** A process whose end, or whose log, says nothing of the build under test. */
export interface Watched {
  readonly name: string
  readonly container: Pick<ContainerHandle, 'ended' | 'exited'>
  readonly log: Pick<LogBook, 'overflowed'>
}

/**
 * What was seen of a process is its own doing, and its log is whole: what is in none of its lines was not said.
 * Errors: HarnessError `killed-from-outside`, `log-too-long`.
 */
export async function demandSound({ name, container, log }: Watched): Promise<void> {
  if (log.overflowed)
    throw new HarnessError(
      'log-too-long',
      `${name} logged more lines, or longer ones, than are kept, so nobody knows what it did not say.`,
    )
  if (!container.ended.aborted) return
  // Where the place of the process is gone, that is told in its own words.
  const exit = await container.exited.catch(() => undefined)
  if (exit === killed)
    throw new HarnessError(
      'killed-from-outside',
      `${name} was ended by SIGKILL, which this run did not send: look for what ends processes here, for instance a lack of memory.`,
    )
}
