import type { AuthoritySpec, CredentialSpec, Maker } from '../../../fixtures/credential.ts'
import { inputError } from '../../errors.ts'

/** PEM: a certificate, and its private key without encryption. */
export interface Pair {
  readonly certificate: string
  readonly key: string
}

/** How a page makes certificates with a real tool. */
export interface Recipe {
  /** A root. Errors: HarnessError `<maker>-spec` (exit 2) for what the recipe cannot say; those of the tool. */
  authority(name: string, spec: AuthoritySpec): Promise<Pair>
  /** A pair signed by `authority`; `hosts` are the spec's, with addresses in place of members. Errors: the same. */
  credential(spec: CredentialSpec, authority: Pair, hosts: readonly string[]): Promise<Pair>
}

/**
 * A recipe says what its page says and no more.
 * Errors: HarnessError `<maker>-spec` (exit 2) naming the fields of `spec` beyond `sayable`, and `more`.
 */
export function demandSayable<S extends object>(
  maker: Maker,
  spec: S,
  sayable: readonly (keyof S)[],
  more: readonly string[] = [],
): void {
  const fields = Object.entries(spec).filter(([, value]) => value !== undefined)
  const unsaid = fields
    .map(([name]) => name)
    .filter((name) => !(sayable as readonly PropertyKey[]).includes(name))
  if (unsaid.length + more.length === 0) return
  throw inputError(
    `${maker}-spec`,
    `What ${maker} makes cannot have ${[...unsaid, ...more].join(', ')}; leave that out or let etcd-tls make it.`,
  )
}
