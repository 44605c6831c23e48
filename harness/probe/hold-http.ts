import type { Socket } from 'node:net'
import type { Client } from 'undici'
import type { HttpProbe } from '../scenario/probe.ts'
import type { ProbeContext } from '../world/running.ts'
import { httpByHand } from './by-hand.ts'
import { readyTls } from './client-tls.ts'
import { dial } from './dial.ts'
import { answerOver, clientOver, type Request } from './exchange.ts'
import { requestOf } from './http.ts'
import { tlsInWords } from './in-words.ts'
import type { Observation } from './observation.ts'
import { report } from './report.ts'
import { targetOf, type Target } from './target.ts'
import { secure } from './tls-client.ts'
import { Watch } from './watch.ts'

/** One HTTP/1.1 connection that stays open between requests. It is dialled once and never again. */
export class KeptConnection {
  readonly #spec: HttpProbe
  readonly #context: ProbeContext
  readonly #target: Target
  readonly #request: Request
  /** The connection's whole life: how it was made, and how it ended if it did. */
  readonly #life: Watch
  #wire: Socket | undefined
  #socket: Socket | undefined
  #client: Client | undefined

  private constructor(spec: HttpProbe, context: ProbeContext) {
    this.#spec = spec
    this.#context = context
    this.#target = targetOf(spec.to, context, spec.listener)
    this.#request = requestOf(spec, this.#target, context)
    this.#life = new Watch(context.limit)
  }

  /** Dials, and speaks TLS where the probe does. Errors: HarnessError of the TLS set-up. */
  static async open(spec: HttpProbe, context: ProbeContext): Promise<KeptConnection> {
    const kept = new KeptConnection(spec, context)
    await kept.#dial()
    return kept
  }

  async #dial(): Promise<void> {
    const { scheme, tls } = this.#spec
    const { address, port } = this.#target
    const ready =
      scheme === 'https' ? await readyTls(tls, this.#target, this.#context, 'http/1.1') : undefined
    const wire = await dial(address, port, this.#life)
    this.#wire = wire
    this.#socket = wire && ready ? await secure(wire, ready, address, this.#life) : wire
    if (this.#socket !== undefined) this.#client = clientOver(this.#socket)
  }

  /** Sends the probe's request over the connection. An ended one is seen as it ended. */
  async ask(): Promise<Observation> {
    const at = new Date()
    const watch = this.#client === undefined ? this.#life : this.#turn()
    const answer =
      this.#client === undefined || watch.closed !== undefined
        ? undefined
        : await answerOver(this.#client, this.#request, watch, this.#spec.lines)
    const { to, scheme, path, tls } = this.#spec
    return report(watch, {
      probe: `${this.#request.method} ${scheme}://${to}${path} on a connection that stays open${tlsInWords(scheme, tls)}`,
      at,
      target: this.#target,
      byHand: httpByHand(this.#spec, this.#target, this.#context),
      ...(answer ? { http: answer } : {}),
    })
  }

  /** One request of the connection's life, with a time of its own. */
  #turn(): Watch {
    const turn = new Watch(this.#context.limit)
    if (this.#wire !== undefined) turn.connectedBy(this.#wire)
    if (this.#socket !== undefined) turn.follow(this.#socket)
    turn.tls = this.#life.tls
    turn.closed = this.#life.closed
    turn.error = this.#life.error
    return turn
  }

  close(): void {
    this.#life.end('ours')
    this.#socket?.destroy()
    this.#wire?.destroy()
    this.#client?.destroy(() => undefined)
  }
}
