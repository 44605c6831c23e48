import { HarnessError } from '../errors.ts'
import { within } from '../within.ts'
import type { RunningContainer } from './container.ts'
import { engineLimit } from './container-handle.ts'
import type { InitTalk, News, Start } from './init-talk.ts'
import { LogBook } from './log-book.ts'
import type { SecretKeys } from './secret-keys.ts'
import { emptyOutput, streamsInto, type Output } from './streams.ts'

/** Where a process runs. */
interface Quarters {
  /** Of the berth's container. */
  readonly id: string
  /** Id of its image. */
  readonly image: string
  /** Name of the process in the run. */
  readonly name: string
  /** As in `ContainerSpec`. */
  readonly keys?: SecretKeys | undefined
}
/** What a process has said. */
type Said = Pick<RunningContainer, 'log'> & { readonly output: Output }

const nothing = ({ keys }: Quarters): Said => ({ log: new LogBook(keys), output: emptyOutput() })

/** A process that the init of a berth starts. */
export class BerthedProcess implements RunningContainer {
  readonly id: string
  readonly image: string
  readonly log: LogBook
  readonly output: Output
  readonly #quarters: Quarters
  readonly #number: number
  readonly #talk: InitTalk
  readonly #streams: ReturnType<typeof streamsInto>
  readonly #ended = new AbortController()
  readonly #exit = Promise.withResolvers<number>()
  readonly #started = Promise.withResolvers<News>()
  #start: Start | undefined
  #left = false
  #same: PromiseWithResolvers<boolean> | undefined
  /** The same one, started again. */
  #next: BerthedProcess | undefined

  /** `said`: by the same process before it was started again. */
  constructor(quarters: Quarters, talk: InitTalk, said = nothing(quarters)) {
    this.id = quarters.id
    this.image = quarters.image
    this.log = said.log
    this.output = said.output
    this.#quarters = quarters
    this.#talk = talk
    this.#number = talk.number()
    this.#streams = streamsInto(said.log, said.output)
    for (const { promise } of [this.#exit, this.#started]) promise.catch(() => undefined)
    talk.listen(this.#number, (news) => this.#hear(news))
    talk.over.addEventListener('abort', this.#lose)
    if (talk.over.aborted) this.#lose()
  }

  get exited(): Promise<number> {
    return this.#exit.promise
  }

  get ended(): AbortSignal {
    return this.#ended.signal
  }

  /**
   * It ended and nobody has it any more, or that is so of the one that it was started again as: who ended may still be
   * started again, and who is left has its files until it ended.
   */
  get isLeft(): boolean {
    return this.#next?.isLeft ?? (this.#left && this.ended.aborted)
  }

  /** Errors: HarnessError `no-container` where it cannot be started; `berth-lost`; `waited-too-long`. */
  async start(start: Start): Promise<'started' | 'unclean'> {
    this.#start = start
    this.#talk.tell({ id: this.#number, do: 'start', ...start })
    const answer = within(engineLimit, `${this.#quarters.name} to start`, this.#started.promise)
    const { is, why } = await answer.catch((error: unknown) => {
      this.#talk.tell({ id: this.#number, do: 'end' })
      this.#leave()
      throw error
    })
    if (is === 'started') return 'started'
    this.#leave()
    if (is === 'unclean') return 'unclean'
    throw new HarnessError('no-container', `The engine cannot start ${this.#quarters.name}: ${why}`)
  }

  /** With its files and data; its log goes on. Errors: those of `start`; HarnessError `process-removed`. */
  async again(limit: number): Promise<RunningContainer> {
    if (this.#start === undefined) throw new TypeError('a process is started again that was not started')
    if (!this.ended.aborted) this.#talk.tell({ id: this.#number, do: 'stop' })
    await within(limit, `${this.#quarters.name} to end`, this.exited).catch(() => this.#kill())
    if (this.#left)
      throw new HarnessError(
        'process-removed',
        `${this.#quarters.name} was taken away before it started again.`,
      )
    this.#next = new BerthedProcess(this.#quarters, this.#talk, this)
    await this.#next.start({ ...this.#start, files: {}, links: {}, beside: true })
    return this.#next
  }

  /** By the word of its parent, which has not taken in its end: so it is no other one in its place. */
  async isSame(): Promise<boolean> {
    if (this.ended.aborted) return false
    this.#same ??= Promise.withResolvers()
    this.#talk.tell({ id: this.#number, do: 'ask' })
    return within(engineLimit, `word of ${this.#quarters.name}`, this.#same.promise)
  }

  /** Also the one that it was started again as. */
  async remove(): Promise<void> {
    this.#left = true
    await this.#kill()
    await this.#next?.remove()
  }

  async #kill(): Promise<void> {
    if (this.ended.aborted) return
    this.#talk.tell({ id: this.#number, do: 'end' })
    await within(
      engineLimit,
      `${this.#quarters.name} to end`,
      this.exited.catch(() => undefined),
    )
  }

  #hear(news: News): void {
    if (news.is === 'said') this.#streams[news.to].write(Buffer.from(news.bytes, 'base64'))
    else if (news.is === 'ended') {
      this.#exit.resolve(news.status)
      this.#end()
    } else if (news.is === 'there' || news.is === 'gone') this.#answerSame(news.is === 'there')
    else this.#started.resolve(news)
  }

  readonly #lose = (): void => {
    const lost = new HarnessError(
      'berth-lost',
      `The container that ${this.#quarters.name} ran in is gone, or its init says what nobody understands.`,
    )
    this.#started.reject(lost)
    this.#exit.reject(lost)
    this.#end()
  }

  /** It was never started. */
  #leave(): void {
    this.#left = true
    this.#end()
  }

  #end(): void {
    this.#talk.listen(this.#number, undefined)
    this.#talk.over.removeEventListener('abort', this.#lose)
    this.#streams.end()
    this.#answerSame(false)
    this.#ended.abort()
  }

  #answerSame(same: boolean): void {
    this.#same?.resolve(same)
    this.#same = undefined
  }
}
