import {
  credentialKey,
  type AuthoritySpec,
  type CredentialSpec,
  type Maker,
} from '../../../fixtures/credential.ts'
import { inputError } from '../../errors.ts'
import { signWithOpensslCa } from '../openssl-ca.ts'
import { cfssl } from './cfssl.ts'
import { opensslX509 } from './openssl-x509.ts'
import type { Pair, Recipe } from './recipe.ts'

/** A public certificate that a real tool made. */
export interface MadeCertificate {
  readonly role: 'authority' | 'leaf'
  readonly pem: string
}

export interface RecipeBookInput {
  readonly authorities: Readonly<Record<string, AuthoritySpec>>
  /** A host as it stands in the certificate: the address for `@m1`, the world's for one of the page's. */
  readonly resolve: (host: string) => string
  /** An authority that this project mints. */
  readonly minted: (name: string) => Pair
}

const recipes: Readonly<Partial<Record<Maker, Recipe>>> = { 'openssl-x509': opensslX509, cfssl }

/** What the real tools made for one world: equal specs give the same pair. Errors: those of `Recipe`. */
export class RecipeBook {
  readonly #input: RecipeBookInput
  readonly #pairs = new Map<string, Promise<Pair>>()
  readonly #made: MadeCertificate[] = []

  constructor(input: RecipeBookInput) {
    this.#input = input
  }

  /** PEM of certificate and key, whoever makes it. */
  async authority(name: string): Promise<Pair> {
    const spec = this.#input.authorities[name]
    const recipe = recipeOf(spec)
    if (spec === undefined || recipe === undefined) return this.#input.minted(name)
    return this.#once('authority', `authority ${name}`, () => recipe.authority(name, spec))
  }

  async credential(spec: CredentialSpec): Promise<Pair> {
    const authority = await this.authority(spec.issuer ?? 'ca')
    const { resolve } = this.#input
    const recipe = recipeOf(spec)
    return this.#once('leaf', `leaf ${credentialKey(spec)}`, () =>
      recipe === undefined
        ? signWithOpensslCa({ authority, spec, resolve })
        : recipe.credential(spec, authority, (spec.hosts ?? []).map(resolve)),
    )
  }

  /** Certificates made so far, for the report. */
  made(): readonly MadeCertificate[] {
    return this.#made
  }

  #once(role: MadeCertificate['role'], key: string, make: () => Promise<Pair>): Promise<Pair> {
    const known = this.#pairs.get(key)
    if (known !== undefined) return known
    const pair = make().then((made) => {
      this.#made.push({ role, pem: made.certificate })
      return made
    })
    this.#pairs.set(key, pair)
    return pair
  }
}

/** The authorities that this project mints. Errors: HarnessError `recipe-authority` (exit 2). */
export function mintedOnly(
  authorities: Readonly<Record<string, AuthoritySpec>>,
): Record<string, AuthoritySpec> {
  const own = Object.entries(authorities).filter(([, spec]) => recipeOf(spec) === undefined)
  for (const [name, { issuedBy }] of own) {
    if (issuedBy === undefined || recipeOf(authorities[issuedBy]) === undefined) continue
    throw inputError('recipe-authority', `${name} cannot be issued by ${issuedBy}, which a real tool makes.`)
  }
  return Object.fromEntries(own)
}

/** A real tool makes it, from start to end. */
export const byTool = ({ madeBy = 'etcd-tls' }: { readonly madeBy?: Maker }): boolean => madeBy !== 'etcd-tls'

const recipeOf = (spec: { readonly madeBy?: Maker } | undefined): Recipe | undefined =>
  recipes[spec?.madeBy ?? 'etcd-tls']
