import { ChannelCredentials } from '@grpc/grpc-js'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import type { ReadyTls } from './client-tls.ts'
import { secure } from './tls-client.ts'
import type { Watch } from './watch.ts'

type Connector = ReturnType<ChannelCredentials['_createSecureConnector']>
type Connected = Awaited<ReturnType<Connector['connect']>>

/**
 * Credentials of one connection: grpc-js dials, the raw TLS client of the other probes speaks TLS on that socket, so
 * the alert, the certificates and the local port are seen and a TLS 1.3 refusal is read before anything is written.
 * A second connection is refused here: one probe is one connection.
 */
export class SettledCredentials extends ChannelCredentials {
  readonly #ready: ReadyTls | undefined
  readonly #address: string
  readonly #watch: Watch
  readonly #perCall: ReturnType<Connector['getCallCredentials']>
  #used = false
  /** Anything of the harness that went wrong; grpc-js would turn it into UNAVAILABLE. */
  failure: unknown
  wire: Socket | undefined

  constructor(ready: ReadyTls | undefined, address: string, watch: Watch) {
    super()
    this.#ready = ready
    this.#address = address
    this.#watch = watch
    this.#perCall = ChannelCredentials.createInsecure()
      ._createSecureConnector({ path: address }, {})
      .getCallCredentials()
  }

  override compose(): ChannelCredentials {
    return this
  }

  override _isSecure(): boolean {
    return this.#ready !== undefined
  }

  override _equals(other: ChannelCredentials): boolean {
    return this === other
  }

  override _createSecureConnector(): Connector {
    return {
      connect: (socket) => this.#connect(socket),
      waitForReady: () => Promise.resolve(),
      getCallCredentials: () => this.#perCall,
      destroy: () => undefined,
    }
  }

  async #connect(wire: Socket): Promise<Connected> {
    if (this.#used) throw new Error('the probe has had its connection')
    this.#used = true
    this.wire = wire
    this.#watch.connectedBy(wire)
    this.#watch.follow(wire)
    if (this.#ready === undefined) return { socket: wire, secure: false }
    const socket = await this.#secure(wire, this.#ready)
    if (socket === undefined) throw new Error(this.#watch.error?.message ?? 'the connection was closed')
    return { socket, secure: true }
  }

  async #secure(wire: Socket, ready: ReadyTls): Promise<Socket | undefined> {
    try {
      return await secure(wire, ready, this.#address, this.#watch)
    } catch (error) {
      this.failure = error
      throw error
    }
  }

  /** Closes the connection and waits for its end, so that nothing is left when the observation is made. */
  async close(): Promise<void> {
    if (this.wire === undefined || this.wire.closed) return
    const closed = once(this.wire, 'close')
    this.wire.destroySoon()
    await closed
  }
}
