import type { CredentialSpec } from '../../fixtures/credential.ts'
import type { OptionValues } from '../../fixtures/options.ts'
import type { RefusalReason } from '../../fixtures/refusals.ts'
import type { DialsProbe } from './cluster.ts'
import type { GrpcProbe, HelloProbe, HttpProbe } from './probe.ts'

/**
 * How files are replaced. `in-place`: the same file is overwritten. `rename`: a new file takes its name.
 * `certificate-first`, `key-first`: overwritten one after the other; the steps in `between` are made while the pair
 * does not match. `symlink`: the folder behind a symbolic link is swapped, as Kubernetes does with secrets; the
 * world must have `files: 'linked'` for it, and `mounted` for the others.
 */
export type Rotation = 'in-place' | 'rename' | 'certificate-first' | 'key-first' | 'symlink'

/** One moment of a timeline. What does not come out as said is the finding. */
export type Step =
  | {
      /** A fresh connection. */
      readonly do: 'connect'
      readonly name: string
      readonly probe: HttpProbe | HelloProbe | GrpcProbe | DialsProbe
      /** Default `served`. */
      readonly comes?: 'served' | 'refused' | 'client-refuses'
      /** The certificate that etcd must show on it. */
      readonly shows?: CredentialSpec
      /** The certificate must have signed itself, as the one shown on this earlier connection must, with another key. */
      readonly madeUnlike?: string
      /** Why etcd refuses, by the tables; a connection that `comes` refused needs it. */
      readonly because?: { readonly reason: RefusalReason }
      /** What the client says of the server; one that `client-refuses` needs it. */
      readonly error?: RegExp
    }
  | {
      /** An HTTP connection that stays open, and a running watch through it or beside it. */
      readonly do: 'hold'
      readonly name: string
      readonly probe: HttpProbe
      readonly shows?: CredentialSpec
    }
  | {
      /** The held connection is asked again, and the watch must tell of a key that is written now. */
      readonly do: 'use'
      readonly name: string
    }
  | {
      readonly do: 'rotate'
      readonly of: string
      readonly how: Rotation
      /** Options that point to files → what lies there from now on. */
      readonly files: OptionValues
      /** Made between the first and the second file. */
      readonly between?: readonly Step[]
    }
  /** The same process started again, with the same data. */
  | { readonly do: 'restart'; readonly of: string }
  /** Waits until the certificate is out of date. */
  | { readonly do: 'expire'; readonly credential: CredentialSpec }

export interface TimelineProbe {
  readonly kind: 'timeline'
  /** The member that must be the same process at the end, unless it was restarted. */
  readonly to: string
  readonly steps: readonly Step[]
}

export const timeline = (steps: readonly Step[], to = 'm1'): TimelineProbe => ({
  kind: 'timeline',
  to,
  steps,
})
