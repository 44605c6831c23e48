import { PassThrough, type Duplex } from 'node:stream'
import { hostPath, initPath } from '../../docker/init/recipe.ts'
import { engineClient } from '../engine/client.ts'
import { temporaryFolder, type TemporaryFolder } from '../engine/temporary.ts'
import { within } from '../within.ts'
import { BerthedProcess } from './berthed-process.ts'
import { startRelay } from './berthed-relay.ts'
import type { ContainerSpec, Holder, RunningContainer } from './container.ts'
import {
  asked,
  engineLimit,
  look,
  notStarted,
  removeContainer,
  split,
  type Container,
} from './container-handle.ts'
import { createOptions } from './container-options.ts'
import { InitTalk } from './init-talk.ts'
import { ordersOf, takesIn } from './berth-order.ts'
import { inMemory, MemoryChoice, type Memory } from './memory.ts'
import type { RunNetwork } from './network.ts'

export interface BerthSpec {
  /** Names its container. */
  readonly name: string
  /** Of what its processes are. */
  readonly image: string
  /** Path on this host of the init (`harness/tool/init.ts`). */
  readonly init: string
  readonly network: RunNetwork
  readonly address: string
  /** Settings of its network namespace. */
  readonly sysctls?: Readonly<Record<string, string>> | undefined
  readonly runId: string
}

/** Milliseconds until an init has looked around in its container. */
const readyLimit = 15_000
const choice = new MemoryChoice()

/**
 * A container in which processes of its image come and go, at one address. To make a container, and a network for it, is
 * what a world costs most; here that is done once. Its first process is ours (docker/init): before each of the others it
 * ends what is left of the last one, brings every file into the state it had at first, and says so where it cannot.
 */
export class Berth implements Holder {
  readonly id: string
  /** Id of the image that it was made from. */
  readonly image: string
  readonly #spec: BerthSpec
  readonly #talk: InitTalk
  readonly #folder: TemporaryFolder
  /** The one process that has files. */
  #alone: BerthedProcess | undefined
  /** Its files are not as they were any more: it only holds the namespace. */
  #spent = false

  private constructor(
    spec: BerthSpec,
    talk: InitTalk,
    { id, image }: { id: string; image: string },
    folder: TemporaryFolder,
  ) {
    this.id = id
    this.image = image
    this.#spec = spec
    this.#talk = talk
    this.#folder = folder
  }

  /** Errors: HarnessError `no-container` with the engine's own words. */
  static open(spec: BerthSpec): Promise<Berth> {
    return choice.make((memory) => Berth.#open(spec, memory))
  }

  static async #open(spec: BerthSpec, memory: Memory): Promise<Berth> {
    let made: Container | undefined
    const folder = await temporaryFolder('berth')
    try {
      const docker = (await engineClient()).container.dockerode
      made = await asked(spec, 'create', docker.createContainer(optionsOf(spec, folder, memory)))
      const talk = await talkTo(made, spec)
      const { image } = await look(made)
      return new Berth(spec, talk, { id: made.id, image }, folder)
    } catch (cause) {
      if (made !== undefined) await removeContainer(made.id).catch(() => undefined)
      await folder[Symbol.asyncDispose]()
      throw notStarted(spec, cause)
    }
  }

  get folder(): string {
    return this.#folder.path
  }

  /** Aborted when the container is gone, or its init. */
  get ended(): AbortSignal {
    return this.#talk.over
  }

  /**
   * Undefined where the process is of another image, wants what only a container of its own can have, or would stand
   * where another one with files stands, and where the last one has left what cannot be undone.
   */
  async takeIn(spec: ContainerSpec): Promise<RunningContainer | undefined> {
    const order = await ordersOf(spec, this.folder)
    // Between this look and the one's being there nothing is waited for.
    const { process: can, files } = takesIn(spec, this.folder)
    if (this.#spent || spec.image !== this.#spec.image || !can) return undefined
    if (files && this.#alone?.isLeft === false) return undefined
    const { name, keys } = spec
    const process = new BerthedProcess({ id: this.id, image: this.image, name, keys }, this.#talk)
    if (files) this.#alone = process
    const outcome = await process.start({ ...order, beside: !files })
    if (outcome === 'unclean') this.#spent = true
    return outcome === 'started' ? process : undefined
  }

  relay(port: number, endpoint: string): Promise<{ remove(): Promise<void> }> {
    return startRelay(this.#talk, port, endpoint)
  }

  /** It has a word for us. Errors: HarnessError `berth-lost`, `waited-too-long`. */
  async demandStanding(): Promise<void> {
    const word = this.#talk.answer({ id: this.#talk.number(), do: 'ask' })
    await within(engineLimit, `word of the init of ${this.#spec.name}`, word)
  }

  async remove(): Promise<void> {
    this.#talk.end()
    await removeContainer(this.id).finally(() => this.#folder[Symbol.asyncDispose]())
  }
}

function optionsOf(spec: BerthSpec, folder: TemporaryFolder, memory: Memory) {
  const { init, ...place } = spec
  const options = createOptions(
    { ...place, command: [initPath], environment: {}, files: {}, tmpfs: [inMemory] },
    [`${init}:${initPath}:ro`, `${folder.path}:${hostPath}:ro`],
    memory,
  )
  // Its input ends with us: so does it.
  return { ...options, OpenStdin: true, StdinOnce: true, AttachStdin: true }
}

async function talkTo(made: Container, spec: BerthSpec): Promise<InitTalk> {
  const streams = { stream: true, hijack: true, stdin: true, stdout: true, stderr: true }
  const stream = (await asked(spec, 'attach to', made.attach(streams))) as Duplex
  const [out, complaints] = [new PassThrough(), new PassThrough()]
  void split(made, stream, { stdout: out, stderr: complaints }).then(() => out.end())
  const talk = new InitTalk(stream, out)
  let said = ''
  complaints.on('data', (piece: Buffer) => void (said = (said + piece.toString()).slice(0, 400)))
  const ready = talk.ready()
  // Where it does not start nobody waits for it any more.
  ready.catch(() => undefined)
  await asked(spec, 'start', made.start())
  await within(readyLimit, `the init of ${spec.name}`, ready).catch((cause: unknown) => {
    throw said === '' ? cause : new Error(said, { cause })
  })
  return talk
}
