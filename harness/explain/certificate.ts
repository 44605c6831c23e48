import { X509Certificate, type KeyObject } from 'node:crypto'
import { isIPv6 } from 'node:net'
import { decode, encode, type Der } from '../../fixtures/pki/der.ts'
import {
  bitsOf,
  bytes,
  inside,
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

export interface Extension {
  readonly id: string
  readonly critical: boolean
  readonly value: Der
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
  /** The last common name of the subject: `FillFromRDNSequence` (crypto/x509/pkix) overwrites; '' when there is none. */
  readonly commonName: string
  readonly commonNames: readonly string[]
  readonly notBefore: Date
  readonly notAfter: Date
  readonly key: KeyObject
  /** `rsa`, `ec`, `ed25519`, … as node:crypto names them. */
  readonly keyType: string
  /** Of RSA; undefined of others. */
  readonly keyBits?: number
  /** DER of the SubjectPublicKeyInfo. */
  readonly spki: Buffer
  /** Object identifier of the algorithm it was signed with. */
  readonly signedWith: string
  readonly extensions: readonly Extension[]
  readonly dns: readonly string[]
  /** As Go prints them. */
  readonly addresses: readonly string[]
  /** Raw iPAddress entries: what is neither 4 nor 16 bytes long, Go refuses to read. */
  readonly addressBytes: readonly Buffer[]
  /** Other kinds of names in the subjectAltName: e-mail addresses and URIs. */
  readonly otherNames: number
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
  const tbs = item(decode(der), 0)
  const fields = items(tbs)
  const versioned = isTagged(fields[0], 0)
  const at = (index: number): Der => item(tbs, index + (versioned ? 1 : 0))
  const key = x509.publicKey
  const keyBits = key.asymmetricKeyDetails?.modulusLength
  const tagged = fields.find((field) => isTagged(field, 3))
  const extensions = tagged === undefined ? [] : items(item(tagged, 0)).map(extensionOf)
  const names = commonNames(at(4))
  return {
    der,
    version: versioned ? smallNumber(item(item(tbs, 0), 0)) + 1 : 1,
    serial: bytes(at(0)),
    signedWith: objectId(item(at(1), 0)),
    issuer: encode(at(2)),
    notBefore: moment(item(at(3), 0)),
    notAfter: moment(item(at(3), 1)),
    subject: encode(at(4)),
    subjectText: oneLine(x509.subject),
    issuerText: oneLine(x509.issuer),
    commonName: names.at(-1) ?? '',
    commonNames: names,
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
  const critical = isBoolean(items(node)[1]) && bytes(item(node, 1))[0] !== 0
  return {
    id: objectId(item(node, 0)),
    critical,
    value: inside(item(node, items(node).length - 1)),
  }
}

/** Node gives names one attribute a line; undefined when the name is empty. */
const oneLine = (name: string | undefined): string => (name ?? '').split('\n').filter(Boolean).join(', ')

const commonNames = (name: Der): string[] =>
  items(name).flatMap((set) =>
    items(set).flatMap((attribute) =>
      objectId(item(attribute, 0)) === '2.5.4.3' ? [bytes(item(attribute, 1)).toString('utf8')] : [],
    ),
  )

const find = (extensions: readonly Extension[], id: string): Extension | undefined =>
  extensions.find((one) => one.id === id)

function alternativeNames(extensions: readonly Extension[]) {
  const san = find(extensions, '2.5.29.17')
  const names = san === undefined ? [] : items(san.value)
  const of = (tag: number): Buffer[] => names.filter((name) => isTagged(name, tag)).map(bytes)
  const addressBytes = of(7)
  return {
    hasSan: san !== undefined,
    dns: of(2).map((name) => name.toString('latin1')),
    addressBytes,
    addresses: addressBytes.map(addressText),
    otherNames: of(1).length + of(6).length,
  }
}

function limits(extensions: readonly Extension[]) {
  const [basic, usage, usages, names, own, issuers] = [19, 15, 37, 30, 14, 35].map((id) =>
    find(extensions, `2.5.29.${String(id)}`),
  )
  const issuer = issuers === undefined ? undefined : items(issuers.value).find((one) => isTagged(one, 0))
  return {
    ...(basic === undefined ? {} : { basic: basicOf(basic.value) }),
    ...(usage === undefined ? {} : { keyUsage: bitsOf(usage.value) }),
    ...(usages === undefined ? {} : { usages: items(usages.value).map(objectId) }),
    ...(names === undefined ? {} : { constraints: constraintsOf(names.value) }),
    keyId: own === undefined ? '' : bytes(own.value).toString('hex'),
    authorityKeyId: issuer === undefined ? '' : bytes(issuer).toString('hex'),
  }
}

function basicOf(value: Der): { authority: boolean; pathLength?: number } {
  const fields = items(value)
  const authority = isBoolean(fields[0]) && bytes(item(value, 0))[0] !== 0
  const length = fields.find((field) => isInteger(field))
  return { authority, ...(length === undefined ? {} : { pathLength: smallNumber(length) }) }
}

/** As Go's `net.IP.String` writes it: dotted, or RFC 5952; an address of IPv4 in 16 bytes is one of IPv4. */
export function addressText(content: Buffer): string {
  if (content.length === 4) return [...content].join('.')
  if (content.length !== 16) return `?${content.toString('hex')}`
  if (content.subarray(0, 12).equals(Buffer.from('00000000000000000000ffff', 'hex')))
    return [...content.subarray(12)].join('.')
  return plainAddress(content.toString('hex').replace(/(.{4})(?!$)/g, '$1:'))
}

/** One way to write an address: what Go's `net.IP.String` gives for it. */
export function plainAddress(text: string): string {
  if (!isIPv6(text)) return text
  const plain = new URL(`http://[${text}]`).hostname.slice(1, -1)
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(plain)
  if (mapped === null) return plain
  const number = (Number(`0x${mapped[1] ?? ''}`) * 65536 + Number(`0x${mapped[2] ?? ''}`)) >>> 0
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.')
}
