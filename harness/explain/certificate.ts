import { X509Certificate, type KeyObject } from 'node:crypto'
import { addressText } from './address-text.ts'
import { decode, encode, type Der } from '../../fixtures/pki/der.ts'
import {
  bitsOf,
  bytes,
  isBoolean,
  isInteger,
  isTagged,
  item,
  items,
  moment,
  objectId,
  smallNumber,
} from './asn1.ts'
import { constraintsOf, type NameConstraints } from './name-constraints.ts'
import { attributesOf, type Attribute } from './name-value.ts'

export interface Extension {
  readonly id: string
  readonly critical: boolean
  /** The byte of the boolean; undefined where it is left out. */
  readonly criticalByte?: number
  /** What is in the octet string; DER only in extensions that are known. */
  readonly content: Buffer
}

/** What Go reads from a certificate (crypto/x509, parser.go), as far as a decision hangs on it. */
export interface Certificate {
  readonly der: Buffer
  /** 1, 2 or 3. */
  readonly version: number
  /** Content bytes of the number. */
  readonly serial: Buffer
  /** DER of the names: Go compares bytes. */
  readonly subject: Buffer
  readonly issuer: Buffer
  readonly subjectText: string
  readonly issuerText: string
  /** What the subject and the issuer are made of. */
  readonly names: readonly Attribute[]
  readonly issuerNames: readonly Attribute[]
  readonly notBefore: Date
  readonly notAfter: Date
  readonly key: KeyObject
  /** `rsa`, `ec`, `ed25519`, … as node:crypto names them. */
  readonly keyType: string
  /** Of RSA; undefined of others. */
  readonly keyBits?: number
  /** DER of the SubjectPublicKeyInfo. */
  readonly spki: Buffer
  /** AlgorithmIdentifier that it was signed with, the one that is signed and the one that is not, DER. */
  readonly algorithm: Buffer
  readonly outerAlgorithm: Buffer
  readonly extensions: readonly Extension[]
  readonly dns: readonly string[]
  /** As Go prints them. */
  readonly addresses: readonly string[]
  /** Raw iPAddress entries: what is neither 4 nor 16 bytes long, Go refuses to read. */
  readonly addressBytes: readonly Buffer[]
  /** E-mail addresses and URIs of the subjectAltName. */
  readonly mails: readonly string[]
  readonly uris: readonly string[]
  readonly hasSan: boolean
  /** Object identifiers; undefined without the extension. */
  readonly usages?: readonly string[]
  /** RFC 5280 4.2.1.3, bit 0 first; undefined without the extension. */
  readonly keyUsage?: readonly boolean[]
  readonly basic?: { readonly authority: boolean; readonly pathLength?: number }
  readonly constraints?: NameConstraints
  readonly keyId: string
  readonly authorityKeyId: string
  /** Whether a key has signed it. */
  signedBy(key: KeyObject): boolean
}

/** Reads one certificate. Errors: Error for what is no certificate of RFC 5280 4.1. */
export function readCertificate(der: Buffer): Certificate {
  const x509 = new X509Certificate(der)
  const whole = decode(der)
  const tbs = item(whole, 0)
  const fields = items(tbs)
  const versioned = isTagged(fields[0], 0)
  const at = (index: number): Der => item(tbs, index + (versioned ? 1 : 0))
  const key = x509.publicKey
  const keyBits = key.asymmetricKeyDetails?.modulusLength
  const tagged = fields.find((field) => isTagged(field, 3))
  const extensions = tagged === undefined ? [] : items(item(tagged, 0)).map(extensionOf)
  return {
    der,
    version: versioned ? smallNumber(item(item(tbs, 0), 0)) + 1 : 1,
    serial: bytes(at(0)),
    algorithm: encode(at(1)),
    outerAlgorithm: encode(item(whole, 1)),
    issuer: encode(at(2)),
    notBefore: moment(item(at(3), 0)),
    notAfter: moment(item(at(3), 1)),
    subject: encode(at(4)),
    subjectText: oneLine(x509.subject),
    issuerText: oneLine(x509.issuer),
    names: attributesOf(at(4)),
    issuerNames: attributesOf(at(2)),
    key,
    keyType: key.asymmetricKeyType ?? 'unknown',
    ...(keyBits === undefined ? {} : { keyBits }),
    spki: encode(at(5)),
    extensions,
    ...alternativeNames(extensions),
    ...limits(extensions),
    signedBy: (signer) => verified(x509, signer),
  }
}

/** OpenSSL throws where the key is of another kind than the signature. */
function verified(x509: X509Certificate, key: KeyObject): boolean {
  try {
    return x509.verify(key)
  } catch {
    return false
  }
}

function extensionOf(node: Der): Extension {
  const said = isBoolean(items(node)[1]) ? bytes(item(node, 1))[0] : undefined
  return {
    id: objectId(item(node, 0)),
    critical: said !== undefined && said !== 0,
    ...(said === undefined ? {} : { criticalByte: said }),
    content: bytes(item(node, items(node).length - 1)),
  }
}

/** Node gives names one attribute a line; undefined when the name is empty. */
const oneLine = (name: string | undefined): string => (name ?? '').split('\n').filter(Boolean).join(', ')

const find = (extensions: readonly Extension[], id: string): Extension | undefined =>
  extensions.find((one) => one.id === id)

function alternativeNames(extensions: readonly Extension[]) {
  const san = find(extensions, '2.5.29.17')
  const names = san === undefined ? [] : items(decode(san.content))
  const of = (tag: number): Buffer[] => names.filter((name) => isTagged(name, tag)).map(bytes)
  const texts = (tag: number): string[] => of(tag).map((name) => name.toString('latin1'))
  const addressBytes = of(7)
  return {
    hasSan: san !== undefined,
    dns: texts(2),
    mails: texts(1),
    uris: texts(6),
    addressBytes,
    addresses: addressBytes.map(addressText),
  }
}

function limits(extensions: readonly Extension[]) {
  const [basic, usage, usages, names, own, issuers] = [19, 15, 37, 30, 14, 35].map((id) =>
    find(extensions, `2.5.29.${String(id)}`),
  )
  const issuer =
    issuers === undefined ? undefined : items(decode(issuers.content)).find((one) => isTagged(one, 0))
  return {
    ...(basic === undefined ? {} : { basic: basicOf(decode(basic.content)) }),
    ...(usage === undefined ? {} : { keyUsage: bitsOf(decode(usage.content)) }),
    ...(usages === undefined ? {} : { usages: items(decode(usages.content)).map(objectId) }),
    ...(names === undefined ? {} : { constraints: constraintsOf(decode(names.content)) }),
    keyId: own === undefined ? '' : bytes(decode(own.content)).toString('hex'),
    authorityKeyId: issuer === undefined ? '' : bytes(issuer).toString('hex'),
  }
}

function basicOf(value: Der): { authority: boolean; pathLength?: number } {
  const fields = items(value)
  const authority = isBoolean(fields[0]) && bytes(item(value, 0))[0] !== 0
  const length = fields.find((field) => isInteger(field))
  return { authority, ...(length === undefined ? {} : { pathLength: smallNumber(length) }) }
}
