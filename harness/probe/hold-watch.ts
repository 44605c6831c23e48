import { Client, Metadata, status, type ClientDuplexStream, type ServiceError } from '@grpc/grpc-js'
import { randomUUID } from 'node:crypto'
import type { HttpProbe } from '../scenario/probe.ts'
import type { ProbeContext } from '../world/running.ts'
import { readyTls } from './client-tls.ts'
import { channelOptions, methodOf, shown } from './etcd-api.ts'
import { keptBody } from './body.ts'
import type { SeenGrpc } from './observation.ts'
import { SettledCredentials } from './settled-credentials.ts'
import { targetOf } from './target.ts'
import { Watch } from './watch.ts'

/** A response of etcd's Watch stream, as far as it is looked at. */
interface Told {
  readonly created?: boolean
  readonly canceled?: boolean
  readonly events?: readonly { readonly kv?: { readonly value?: Buffer } }[]
}
type Stream = ClientDuplexStream<object, object>
type Look = (told: Told) => boolean

/**
 * A watch on one key that stays open, over a gRPC connection of its own. The connection is dialled once: the
 * credentials refuse a second one.
 */
export class KeptWatch {
  readonly #key = Buffer.from(`etcd-tls/held/${randomUUID()}`)
  readonly #limit: number
  readonly #client: Client
  readonly #credentials: SettledCredentials
  readonly #stream: Stream
  readonly #told: Told[] = []
  readonly #waiting = new Set<() => void>()
  #ended: SeenGrpc | undefined

  private constructor(client: Client, credentials: SettledCredentials, limit: number) {
    this.#client = client
    this.#credentials = credentials
    this.#limit = limit
    const { path, requestSerialize, responseDeserialize } = methodOf('watch')
    this.#stream = client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize)
    this.#stream.on('data', (told: Told) => this.#hear(() => this.#told.push(told)))
    this.#stream.on('error', (error: ServiceError) => this.#end(seenError(error, 'the watch ended')))
    this.#stream.on('end', () => this.#end({ code: 'UNAVAILABLE', details: 'etcd ended the watch' }))
  }

  /** Opens the watch; `seen` is what etcd said to it. Errors: HarnessError of the TLS set-up. */
  static async open(
    { to, scheme, tls }: Pick<HttpProbe, 'to' | 'scheme' | 'tls'>,
    context: ProbeContext,
  ): Promise<{ readonly kept: KeptWatch; readonly seen: SeenGrpc }> {
    const target = targetOf(to, context)
    const ready = scheme === 'https' ? await readyTls(tls, target, context, 'h2') : undefined
    const credentials = new SettledCredentials(ready, target.address, new Watch(context.limit))
    const options = channelOptions(`${target.name}:${String(target.port)}`, context.limit)
    const client = new Client(`ipv4:${target.address}:${String(target.port)}`, credentials, options)
    const kept = new KeptWatch(client, credentials, context.limit)
    kept.#stream.write({ create_request: { key: kept.#key } })
    return {
      kept,
      seen: await kept.#wait(({ created }) => created === true, 'etcd did not create the watch'),
    }
  }

  /** The port that the watch came from. */
  get localPort(): number | undefined {
    return this.#credentials.wire?.localPort
  }

  /** Writes the key over the same connection; OK when the watch tells of it. */
  async tells(): Promise<SeenGrpc> {
    const value = Buffer.from(randomUUID())
    const failed = this.#ended ?? (await this.#put(value))
    if (failed !== undefined) return failed
    return this.#wait(
      ({ events = [] }) => events.some(({ kv }) => kv?.value?.equals(value) === true),
      'the watch did not tell of the key that was written',
    )
  }

  #put(value: Buffer): Promise<SeenGrpc | undefined> {
    const { path, requestSerialize, responseDeserialize } = methodOf('put')
    const options = { deadline: Date.now() + this.#limit }
    const { promise, resolve } = Promise.withResolvers<SeenGrpc | undefined>()
    this.#client.makeUnaryRequest(
      path,
      requestSerialize,
      responseDeserialize,
      { key: this.#key, value },
      new Metadata(),
      options,
      (error) => resolve(error === null ? undefined : seenError(error, 'the key was not written')),
    )
    return promise
  }

  /** The first response that fits, or the end of the stream, within the limit. */
  async #wait(fits: Look, late: string): Promise<SeenGrpc> {
    const { promise, resolve } = Promise.withResolvers<undefined>()
    const timer = setTimeout(() => resolve(undefined), this.#limit)
    const look = (): void => {
      if (this.#ended !== undefined || this.#told.some(fits)) resolve(undefined)
    }
    this.#waiting.add(look)
    look()
    await promise
    clearTimeout(timer)
    this.#waiting.delete(look)
    const told = this.#told.find(fits)
    if (told !== undefined) return { code: 'OK', details: '', response: shown(told).slice(0, keptBody) }
    return this.#ended ?? { code: 'DEADLINE_EXCEEDED', details: late }
  }

  #end(how: SeenGrpc): void {
    this.#hear(() => (this.#ended ??= how))
  }

  #hear(note: () => unknown): void {
    note()
    for (const look of [...this.#waiting]) look()
  }

  async close(): Promise<void> {
    this.#stream.cancel()
    this.#client.close()
    await this.#credentials.close()
  }
}

const seenError = ({ code, details }: ServiceError, what: string): SeenGrpc => ({
  code: status[code],
  details: `${what}: ${details}`.slice(0, keptBody),
})
