import type { CredentialSpec, FileRef } from '../../fixtures/credential.ts'
import type { TlsVersion } from '../../fixtures/tls.ts'
import type { DialsProbe, FormsProbe, JoinProbe } from './cluster.ts'
import type { TimelineProbe } from './timeline.ts'
import type { Scheme } from './world.ts'

export type { TlsVersion }
export type Listener = 'client' | 'peer'

/** How a client speaks TLS. Every connection is fresh: no resumption, no pooling. */
export interface ClientTls {
  /** The client's certificate; none when absent. */
  readonly as?: CredentialSpec
  /** Authority the client trusts; default `ca`. `nobody` trusts none, `anybody` does not verify. */
  readonly trust?: string
  /** SNI and the name to verify; default `<member>.etcd.local`; null sends none. */
  readonly serverName?: string | null
  /** The only TLS version offered; default 1.2 to 1.3. For 1.0 and 1.1 the client lowers its own demands (security level 0). */
  readonly version?: TlsVersion
  /** OpenSSL names of the only suites offered; TLS 1.3 suites by their TLS_ names. */
  readonly ciphers?: readonly string[]
}

/** An HTTP/1.1 request with the headers curl sends. */
export interface HttpProbe {
  readonly kind: 'http'
  readonly to: string
  /** A client of the world: the connection comes from its address. Default: from this host. */
  readonly from?: string
  readonly listener?: Listener
  readonly scheme: Scheme
  readonly method?: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE' | 'OPTIONS'
  readonly path: string
  /** Host header; default the name and port of the member. */
  readonly host?: string
  /**
   * The same request with this Host goes over the connection first. It must be answered with 2xx: else the one that
   * is meant is not sent, and nothing is known of it.
   */
  readonly afterHost?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Objects are sent as JSON, strings as they are (form-encoded, as curl -d does). */
  readonly body?: string | object
  /** Keeps only the lines of the answer's body that contain this text, as grep does: for long answers. */
  readonly lines?: string
  readonly tls?: ClientTls
  /**
   * In the setup of a world only: asked again as long as the answer holds this text, for at most 5 s. For what etcd
   * finds out a moment after it serves, and tells nobody.
   */
  readonly whileSaying?: string
}

/** A hand-made ClientHello: what no TLS library offers any more. Ends at the server's first flight. */
export interface HelloProbe {
  readonly kind: 'hello'
  readonly to: string
  /** A client of the world: the connection comes from its address. Default: from this host. */
  readonly from?: string
  readonly listener?: Listener
  /** TLS versions offered, highest first. */
  readonly versions: readonly TlsVersion[]
  /** IANA names of the suites offered, in order (`TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA`). */
  readonly suites: readonly string[]
  readonly serverName?: string | null
}

/** A gRPC call; `request` has the field names of the message, keys and values as plain text. */
export interface GrpcProbe {
  readonly kind: 'grpc'
  readonly to: string
  readonly scheme: Scheme
  readonly call: GrpcCall
  readonly request?: Readonly<Record<string, unknown>>
  /** The :authority pseudo-header; default the name and port of the member. */
  readonly authority?: string
  /** Signs in first and sends the token. */
  readonly user?: { readonly name: string; readonly password: string }
  readonly tls?: ClientTls
}
export type GrpcCall =
  | 'put'
  | 'range'
  | 'status'
  | 'authenticate'
  | 'authEnable'
  | 'memberAdd'
  | 'memberList'
  | 'memberRemove'
  | 'userAdd'
  | 'userGrantRole'
  | 'roleAdd'
  | 'roleGrantPermission'

/** An argument of a real command: text, a file of the world, or text with the member's URL in it. */
export type Argument =
  string | FileRef | { readonly url: string; readonly scheme: Scheme; readonly path: string }

/** The real curl on this host. `@m1` in arguments stands for the address of m1. */
export interface CurlProbe {
  readonly kind: 'curl'
  readonly to: string
  readonly args: readonly Argument[]
  /** Files of the client's trust store (SSL_CERT_FILE); default an empty store. */
  readonly trustStore?: FileRef
  /** Keeps only the lines of the command's stdout that contain this text, as grep does: for long answers. */
  readonly lines?: string
}

/** The subject's own etcdctl, in a container of its own beside the member. */
export interface EtcdctlProbe {
  readonly kind: 'etcdctl'
  readonly to: string
  readonly args: readonly Argument[]
  /** Path in the container → file; for instance a trust store. */
  readonly files?: Readonly<Record<string, FileRef>>
  readonly environment?: Readonly<Record<string, string>>
}

/** A page's recipe for certificates, followed with the real tools on this host; what it leaves is what is seen. */
export interface RecipeProbe {
  readonly kind: 'recipe'
  readonly to: string
  readonly recipe: 'cfssl-guide'
}

/** The start of the world itself is what is observed. */
export interface StartProbe {
  readonly kind: 'start'
  readonly of: string
}

export type ProbeSpec = HttpProbe | HelloProbe | GrpcProbe | CurlProbe | EtcdctlProbe | RecipeProbe
export type AnyProbeSpec = ProbeSpec | StartProbe | FormsProbe | JoinProbe | DialsProbe | TimelineProbe

type Maker<P extends AnyProbeSpec, D extends keyof P> = Omit<P, 'kind' | D> & Partial<Pick<P, D>>

export const http = (p: Maker<HttpProbe, 'to'>): HttpProbe => ({ kind: 'http', to: 'm1', ...p })
export const hello = (p: Maker<HelloProbe, 'to'>): HelloProbe => ({ kind: 'hello', to: 'm1', ...p })
export const grpc = (p: Maker<GrpcProbe, 'to'>): GrpcProbe => ({ kind: 'grpc', to: 'm1', ...p })
export const curl = (p: Maker<CurlProbe, 'to'>): CurlProbe => ({ kind: 'curl', to: 'm1', ...p })
export const etcdctl = (p: Maker<EtcdctlProbe, 'to'>): EtcdctlProbe => ({ kind: 'etcdctl', to: 'm1', ...p })
export const follows = (recipe: RecipeProbe['recipe'], to = 'm1'): RecipeProbe => ({
  kind: 'recipe',
  to,
  recipe,
})
export const starts = (of = 'm1'): StartProbe => ({ kind: 'start', of })
export const url = (path = '', scheme: Scheme = 'https', of = 'm1'): Argument => ({ url: of, scheme, path })
