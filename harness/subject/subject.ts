import type { TlsVersion } from '../scenario/probe.ts'

/** Where a build came from. */
export type Source = 'official' | 'module' | 'image' | 'debian' | 'binary' | 'liar' | 'bent'

/** What keys the expectations. */
export interface Build {
  /** etcd version as `etcd --version` prints it, for instance `3.6.16`. */
  readonly etcd: string
  /** Go version as `etcd --version` prints it, without `go`, for instance `1.26.10`. */
  readonly go: string
}

/** The etcd build under test, described by asking the build itself. Keys the expectations. */
export interface Subject extends Build {
  /** `3.6.16@module+go1.26.10`: what it was resolved to. */
  readonly name: string
  /** What the user asked for. */
  readonly asked: string
  readonly source: Source
  /** Reference the engine runs. */
  readonly reference: string
  /** Image id or digest. */
  readonly image: string
  /** TLS versions its client listener completes a handshake with. */
  readonly tls: readonly TlsVersion[]
  /** Path of the server and of etcdctl inside the image; etcdctl where the source has it. */
  readonly commands: { readonly etcd: string; readonly etcdctl?: string }
  /** Long names of the flags its `--help` lists. */
  readonly flags: readonly string[]
}
