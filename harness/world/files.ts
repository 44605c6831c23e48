import { X509Certificate } from 'node:crypto'
import type { AuthoritySpec, CredentialSpec, FileRef } from '../../fixtures/credential.ts'
import { createPki, type Pki } from '../../fixtures/pki/pki.ts'
import type { WorldRecord } from '../../reports/schema.ts'
import { seenCertificate } from '../probe/certificate.ts'
import { signWithOpensslCa } from './openssl-ca.ts'

/** The files of one world: minted here, or by the real openssl where a promise is about its recipe. */
export class WorldFiles {
  readonly #pki: Pki
  readonly #addressOf: (member: string) => string
  readonly #recipes = new Map<string, ReturnType<typeof signWithOpensslCa>>()

  constructor(authorities: Readonly<Record<string, AuthoritySpec>>, addressOf: (member: string) => string) {
    this.#pki = createPki({ authorities, addressOf, now: new Date() })
    this.#addressOf = addressOf
  }

  async pem(ref: FileRef): Promise<string> {
    if ((ref.file === 'certificate' || ref.file === 'key') && ref.of.madeBy === 'openssl-ca')
      return (await this.#byOpenssl(ref.of))[ref.file]
    return this.#pki.file(ref)
  }

  /** Public certificates that were issued so far, with their roles. */
  issued(): WorldRecord['certificates'] {
    return this.#pki.issued().flatMap(({ role, pem }) => {
      const certificate = new X509Certificate(pem)
      const seen = seenCertificate(certificate)
      return seen === undefined ? [] : [{ ...seen, role, usages: usagesOf(certificate) }]
    })
  }

  #byOpenssl(spec: CredentialSpec): ReturnType<typeof signWithOpensslCa> {
    const key = JSON.stringify(spec)
    const known = this.#recipes.get(key)
    if (known !== undefined) return known
    const issuer = spec.issuer ?? 'ca'
    const made = signWithOpensslCa({
      authority: { certificate: this.#pki.authority(issuer), key: this.#pki.authorityKey(issuer) },
      spec,
      addressOf: this.#addressOf,
    })
    this.#recipes.set(key, made)
    return made
  }
}

/** Node's types leave out that a certificate may have none. */
const usagesOf = ({ keyUsage }: { keyUsage?: string[] }): string[] => (keyUsage ?? []).map(usageName)

/** Object identifiers of extended key usages (RFC 5280 4.2.1.12). */
const usageName = (oid: string): string =>
  ({ '1.3.6.1.5.5.7.3.1': 'serverAuth', '1.3.6.1.5.5.7.3.2': 'clientAuth' })[oid] ?? oid
