import { generateKeyPairSync } from 'node:crypto'
import {
  bits,
  explicit,
  integer,
  nothing,
  oid,
  sequence,
  smallInteger,
  type Der,
} from '../../../fixtures/pki/der.ts'
import { items } from '../asn1.ts'
import { algorithm, cn, curve, minted, rsa, spkiOf, type Pair, type Signing } from './minted.ts'
import { basic, below, both, leaf, twice, usualNames, type Oddities, type Oddity } from './oddity.ts'

const long = rsa(2048)
const pairs: Readonly<Record<string, () => Pair>> = {
  ...Object.fromEntries(
    [768, 1023, 1024, 2048].map((size) => [`RSA of ${String(size)} bits`, () => rsa(size)]),
  ),
  ...Object.fromEntries(
    ['P-224', 'P-384', 'P-521', 'secp256k1', 'brainpoolP256r1'].map((name) => [name, () => curve(name)]),
  ),
  Ed25519: () => generateKeyPairSync('ed25519'),
  DSA: () => generateKeyPairSync('dsa', { modulusLength: 2048, divisorLength: 256 }),
  'RSA with the exponent 3': () => generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 }),
}
const keys: Oddities = Object.fromEntries(
  Object.entries(pairs).flatMap(([name, make]) => {
    const key = make()
    return [
      [`the key: ${name}`, leaf({ key })],
      ...Object.entries(twice(`an authority's key: ${name}`, below({ key }))),
    ]
  }),
)

const [algorithmOfRsa, contentOfRsa] = items(spkiOf(long))
const point = curve('P-256')
const whole = bits(pointOf(point))
function pointOf({ publicKey }: Pair): Buffer {
  return Buffer.from(publicKey.export({ type: 'spki', format: 'der' }).subarray(-65))
}
const squeezed = (): Buffer => {
  const full = pointOf(point)
  return Buffer.concat([Buffer.of(2 + ((full[64] ?? 0) & 1)), full.subarray(1, 33)])
}
const p256 = sequence(oid('1.2.840.10045.2.1'), oid('1.2.840.10045.3.1.7'))
const written: Oddities = {
  'an RSA key without NULL': leaf({
    key: long,
    spki: sequence(sequence(items(algorithmOfRsa ?? nothing())[0] ?? nothing()), contentOfRsa ?? nothing()),
  }),
  'a point': leaf({ key: point, spki: sequence(p256, whole) }),
  'a compressed point': leaf({ key: point, spki: sequence(p256, bits(squeezed())) }),
  'a curve by its parameters': leaf({
    key: generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' }),
  }),
}

const rsaRoot = minted({ subject: cn('rsa root'), key: long, extensions: [basic(true)] })
const by = (signing: Signing): Oddity => ({
  chain: [minted({ by: rsaRoot, extensions: [both, usualNames], algorithm: signing })],
  roots: [rsaRoot],
})
const digestIds = { sha256: '2.16.840.1.101.3.4.2.1', sha512: '2.16.840.1.101.3.4.2.3' } as const
function pss(digest: keyof typeof digestIds, salt: number, mask = digest): Signing {
  const named = (name: keyof typeof digestIds): Der => sequence(oid(digestIds[name]), nothing())
  const parameters = sequence(
    explicit(0, named(digest)),
    explicit(1, sequence(oid('1.2.840.113549.1.1.8'), named(mask))),
    explicit(2, smallInteger(salt)),
  )
  return { ...algorithm('1.2.840.113549.1.1.10', digest, parameters), salt }
}
const signatures: Oddities = {
  ...Object.fromEntries(
    [
      ['MD5', '1.2.840.113549.1.1.4', 'md5'],
      ['SHA-1', '1.2.840.113549.1.1.5', 'sha1'],
      ['SHA-1, ISO', '1.3.14.3.2.29', 'sha1'],
      ['SHA-224', '1.2.840.113549.1.1.14', 'sha224'],
      ['SHA-384', '1.2.840.113549.1.1.12', 'sha384'],
      ['SHA-512', '1.2.840.113549.1.1.13', 'sha512'],
      ['SHA3-256', '2.16.840.1.101.3.4.3.14', 'sha3-256'],
      ['RIPEMD-160', '1.3.36.3.3.1.2', 'ripemd160'],
    ].map(([name, id = '', digest = '']) => [
      `RSA with ${String(name)}`,
      by(algorithm(id, digest, nothing())),
    ]),
  ),
  ...Object.fromEntries(
    [
      ['SHA-1', '1.2.840.10045.4.1', 'sha1'],
      ['SHA-224', '1.2.840.10045.4.3.1', 'sha224'],
      ['SHA-384', '1.2.840.10045.4.3.3', 'sha384'],
      ['SHA-512', '1.2.840.10045.4.3.4', 'sha512'],
      ['SHA3-256', '2.16.840.1.101.3.4.3.10', 'sha3-256'],
    ].map(([name, id = '', digest = '']) => [
      `ECDSA with ${String(name)}`,
      leaf({ algorithm: algorithm(id, digest) }),
    ]),
  ),
  'RSA with SHA-256 without NULL': by(algorithm('1.2.840.113549.1.1.11', 'sha256')),
  'ECDSA with SHA-256 and NULL': leaf({ algorithm: algorithm('1.2.840.10045.4.3.2', 'sha256', nothing()) }),
  'RSA-PSS with SHA-256': by(pss('sha256', 32)),
  'RSA-PSS with SHA-512': by(pss('sha512', 64)),
  'RSA-PSS with another salt': by(pss('sha256', 20)),
  'RSA-PSS with its defaults': by({ ...algorithm('1.2.840.113549.1.1.10', 'sha1', sequence()), salt: 20 }),
  'two algorithms': leaf({ outer: sequence(oid('1.2.840.10045.4.3.3')) }),
}

const numbers: Oddities = {
  'the serial number 0': leaf({ serial: smallInteger(0) }),
  'the serial number -1': leaf({ serial: integer(Buffer.of(0xff)) }),
  'a serial number of 41 bytes': leaf({
    serial: integer(Buffer.concat([Buffer.of(1), Buffer.alloc(40, 7)])),
  }),
  'a padded serial number': leaf({ serial: integer(Buffer.of(0, 1)) }),
  'version 1': leaf({ version: null, extensions: undefined }),
  'version 1 with extensions': leaf({ version: null }),
  'version 2 with extensions': leaf({ version: smallInteger(1) }),
  'version 4': leaf({ version: smallInteger(3) }),
  ...twice('an authority of version 1', below({ version: null, extensions: undefined })),
}

export const oddKeys: Oddities = { ...keys, ...written, ...signatures, ...numbers }
