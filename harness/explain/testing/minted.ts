import { constants, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import { decode, encode, explicit, integer, sequence, smallInteger, time } from '../../../fixtures/pki/der.ts'
import { bits, nothing, oid, set, utf8, type Der } from '../../../fixtures/pki/der.ts'

/** Certificates with any part of them put in the place of the usual one; `shaped` mints what can be described. */
export interface Parts {
  readonly key?: Pair
  readonly subject?: Der
  readonly issuer?: Der
  /** What stands in `[0]`; nothing: the certificate has no such field. */
  readonly version?: Der | null
  readonly serial?: Der
  readonly algorithm?: Signing
  readonly outer?: Der
  readonly notBefore?: Der
  readonly notAfter?: Der
  readonly spki?: Der
  readonly extensions?: readonly Der[]
  /** Who signs; itself without. */
  readonly by?: Minted
  /** Bytes behind the certificate. */
  readonly tail?: Buffer
}
export interface Pair {
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}
export interface Signing {
  readonly der: Der
  readonly digest: string | null
  /** RSA-PSS with a salt of so many bytes. */
  readonly salt?: number
}
export interface Minted {
  readonly der: Buffer
  readonly key: Pair
  readonly subject: Der
}

export const curve = (namedCurve: string): Pair => generateKeyPairSync('ec', { namedCurve })
export const rsa = (modulusLength: number): Pair => generateKeyPairSync('rsa', { modulusLength })

export const attribute = (value: Der, id = '2.5.4.3'): Der => sequence(oid(id), value)
export const cn = (text: string): Der => sequence(set(attribute(utf8(text))))
export const algorithm = (id: string, digest: string | null, ...parameters: Der[]): Signing => ({
  der: sequence(oid(id), ...parameters),
  digest,
})

const usual: Readonly<Record<string, Signing>> = {
  rsa: algorithm('1.2.840.113549.1.1.11', 'sha256', nothing()),
  ec: algorithm('1.2.840.10045.4.3.2', 'sha256'),
  dsa: algorithm('2.16.840.1.101.3.4.3.2', 'sha256'),
  ed25519: algorithm('1.3.101.112', null),
}

const now = new Date()
const at = (hours: number): Der => time(new Date(now.getTime() + hours * 3_600_000))
export const spkiOf = ({ publicKey }: Pair): Der => decode(publicKey.export({ type: 'spki', format: 'der' }))

export function minted(parts: Parts): Minted {
  const { key = curve('P-256'), subject = cn('leaf'), version, extensions } = parts
  const signer = parts.by ?? { key, subject }
  const { der, digest, salt } =
    parts.algorithm ?? usual[signer.key.privateKey.asymmetricKeyType ?? ''] ?? never()
  const tbs = sequence(
    ...(version === null ? [] : [explicit(0, version ?? smallInteger(2))]),
    parts.serial ?? integer(Buffer.concat([Buffer.of(0x44), randomBytes(8)])),
    der,
    parts.issuer ?? signer.subject,
    sequence(parts.notBefore ?? at(-1), parts.notAfter ?? at(24)),
    subject,
    parts.spki ?? spkiOf(key),
    ...(extensions === undefined ? [] : [explicit(3, sequence(...extensions))]),
  )
  const padding = salt === undefined ? {} : { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: salt }
  const signature = sign(digest, encode(tbs), { key: signer.key.privateKey, ...padding })
  const whole = encode(sequence(tbs, parts.outer ?? der, bits(signature)))
  return { der: Buffer.concat([whole, parts.tail ?? Buffer.alloc(0)]), key, subject }
}

const never = (): never => {
  throw new Error('a key without a usual algorithm')
}
