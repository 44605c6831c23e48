import type { TlsVersion } from '../../fixtures/tls.ts'
import type { Certificate } from './certificate.ts'
import type { Resolver } from './resolver.ts'
import type { Revoked } from './revoked.ts'
import type { Build } from './settings.ts'

/** What is asked of etcd: public certificates, options, and what else decides. */
export interface Question {
  readonly build: Build
  readonly now: Date
  /** Of who connects: the leaf first, then what it sends along. */
  readonly cert?: readonly Certificate[]
  /** Authorities that etcd, and who connects, are given. */
  readonly ca?: readonly Certificate[]
  /** Authorities of who connects, where they are others. */
  readonly clientCa?: readonly Certificate[]
  /** Of etcd: the leaf first. */
  readonly server?: readonly Certificate[]
  /** etcd's command line. */
  readonly options?: string
  /** The name or address that is dialled. */
  readonly to?: string
  /** The only version that who connects speaks. */
  readonly tls?: TlsVersion
  /** A member dials another one from this address. */
  readonly peer?: { readonly from: string; readonly host?: string }
  readonly resolver?: Resolver
  /** The file of the listener's CRL option. */
  readonly revoked?: Revoked
}
