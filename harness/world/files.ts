import { X509Certificate } from 'node:crypto'
import type { AuthoritySpec, FileRef } from '../../fixtures/credential.ts'
import { createPki, type Pki } from '../../fixtures/pki/pki.ts'
import type { WorldRecord } from '../../reports/schema.ts'
import { inputError } from '../errors.ts'
import { seenCertificate } from '../probe/certificate.ts'
import { byTool, mintedOnly, RecipeBook } from './recipes/recipe-book.ts'
import { SecretKeys } from './secret-keys.ts'

/** The files of one world: minted here, or by a real tool where a promise is about its recipe. */
export class WorldFiles {
  /** Those that were given out. */
  readonly keys = new SecretKeys()
  readonly #pki: Pki
  readonly #recipes: RecipeBook
  readonly #authorities: Readonly<Record<string, AuthoritySpec>>

  constructor(authorities: Readonly<Record<string, AuthoritySpec>>, resolve: (host: string) => string) {
    const pki = createPki({ authorities: mintedOnly(authorities), resolve, now: () => new Date() })
    const minted = (name: string) => ({ certificate: pki.authority(name), key: pki.authorityKey(name) })
    this.#pki = pki
    this.#recipes = new RecipeBook({ authorities, resolve, minted })
    this.#authorities = authorities
  }

  /** Errors: PkiError; HarnessError of the recipes; `recipe-issuer` (exit 2). */
  async pem(ref: FileRef): Promise<string> {
    const text = await this.#textOf(ref)
    this.keys.learn(text)
    return text
  }

  async #textOf(ref: FileRef): Promise<string> {
    if (ref.file === 'text') return ref.of
    if (ref.file === 'authority')
      return (await Promise.all([ref.of].flat().map((one) => this.#root(one)))).join('')
    if (byTool(ref.of)) return (await this.#recipes.credential(ref.of))[ref.file]
    const { issuer = 'ca', chain = [] } = ref.of
    const foreign = [issuer, ...chain].find((name) => byTool(this.#authorities[name] ?? {}))
    if (foreign !== undefined)
      throw inputError('recipe-issuer', `What ${foreign} signs is made by its own recipe; add madeBy.`)
    return this.#pki.file(ref)
  }

  /** Public certificates that were issued so far, with their roles. */
  issued(): WorldRecord['certificates'] {
    return [...this.#pki.issued(), ...this.#recipes.made()].flatMap(({ role, pem }) => {
      const certificate = new X509Certificate(pem)
      const seen = seenCertificate(certificate)
      return seen === undefined ? [] : [{ ...seen, role, usages: usagesOf(certificate) }]
    })
  }

  async #root(name: string): Promise<string> {
    return (await this.#recipes.authority(name)).certificate
  }
}

/** Node's types leave out that a certificate may have none. */
const usagesOf = ({ keyUsage }: { keyUsage?: string[] }): string[] => (keyUsage ?? []).map(usageName)

/** Object identifiers of extended key usages (RFC 5280 4.2.1.12). */
const usageName = (oid: string): string =>
  ({ '1.3.6.1.5.5.7.3.1': 'serverAuth', '1.3.6.1.5.5.7.3.2': 'clientAuth' })[oid] ?? oid
