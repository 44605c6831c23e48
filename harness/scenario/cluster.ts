import type { CredentialSpec } from '../../fixtures/credential.ts'
import type { OptionValues } from '../../fixtures/options.ts'
import type { ClientTls } from './probe.ts'

/**
 * Whether the members of the world become one cluster: each serves, the member list shows all of them started, and
 * a key written through each is read through every other.
 */
export interface FormsProbe {
  readonly kind: 'forms'
  /** The member that is asked for the list of members. */
  readonly to: string
  /** For the client listeners. */
  readonly tls?: ClientTls
}

/**
 * A real member tries to join: it is added through `to` and started. Joined means that it serves, that `to` lists it
 * as started, and that a key written through it is read through `to`. Afterwards it is taken away again.
 */
export interface JoinProbe {
  readonly kind: 'join'
  /** The member of the cluster that is asked, and whose log is read. */
  readonly to: string
  /** A candidate of the world. */
  readonly who: string
  /** What differs from the candidate's own options; `undefined` takes one away. */
  readonly options?: { readonly [K in keyof OptionValues]?: OptionValues[K] | undefined }
  /** For the client listeners. */
  readonly tls?: ClientTls
}

/**
 * What a member shows when it dials another: a listener of ours is announced as a new member, the member dials it,
 * and the certificate it sends is noted.
 */
export interface DialsProbe {
  readonly kind: 'dials'
  readonly to: string
  /** What our listener shows, whose only host is its own address; default a name that no member has. */
  readonly as?: CredentialSpec
  /** For the client listener through which ours is announced. */
  readonly tls?: ClientTls
}

/** Whoever dials by the address in the URL verifies it against the names in the certificate. */
export const listenerPair = ({ as }: DialsProbe, host: string): CredentialSpec => ({
  cn: 'listener',
  ...as,
  hosts: [host],
})

type Maker<P> = Partial<Omit<P, 'kind'>>

export const forms = (p: Maker<FormsProbe> = {}): FormsProbe => ({ kind: 'forms', to: 'm1', ...p })
/** `who` tries to join, with what is changed in its options. */
export const joins = (
  who: string,
  options: NonNullable<JoinProbe['options']> = {},
  more: Maker<Omit<JoinProbe, 'who' | 'options'>> = {},
): JoinProbe => ({ kind: 'join', to: 'a', who, options, ...more })
export const dials = (p: Maker<DialsProbe> = {}): DialsProbe => ({ kind: 'dials', to: 'm1', ...p })
