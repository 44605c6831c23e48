import { decode, type Der } from '../../fixtures/pki/der.ts'
import { inGo } from '../../fixtures/go-certificates.ts'
import { isTagged, item, items, objectId, smallNumber } from './asn1.ts'

/** Algorithms that Go knows (crypto/x509, `signatureAlgorithmDetails`), and those that it knows and refuses. */
const plain: Readonly<Record<string, 'good' | 'SHA-1' | 'MD5' | 'MD2' | 'DSA'>> = {
  '1.2.840.113549.1.1.2': 'MD2',
  '1.2.840.113549.1.1.4': 'MD5',
  '1.2.840.113549.1.1.5': 'SHA-1',
  '1.3.14.3.2.29': 'SHA-1',
  '1.2.840.10045.4.1': 'SHA-1',
  '1.2.840.113549.1.1.11': 'good',
  '1.2.840.113549.1.1.12': 'good',
  '1.2.840.113549.1.1.13': 'good',
  '1.2.840.10045.4.3.2': 'good',
  '1.2.840.10045.4.3.3': 'good',
  '1.2.840.10045.4.3.4': 'good',
  '1.2.840.10040.4.3': 'DSA',
  '2.16.840.1.101.3.4.3.2': 'DSA',
}
const isoSha1 = '1.3.14.3.2.29'
const pss = '1.2.840.113549.1.1.10'
const ed25519 = '1.3.101.112'
/** Bytes of the digests that go with PSS, and so of its salt. */
const digests: Readonly<Record<string, number>> = {
  '2.16.840.1.101.3.4.2.1': 32,
  '2.16.840.1.101.3.4.2.2': 48,
  '2.16.840.1.101.3.4.2.3': 64,
}

/** Why Go does not take a signature by an algorithm (AlgorithmIdentifier, DER), in words behind "signed with"; undefined when it does. */
export function algorithmFlaw(der: Buffer, go: string): string | undefined {
  const algorithm = decode(der)
  const id = objectId(item(algorithm, 0))
  const parameters = items(algorithm)[1]
  if (id === ed25519)
    return parameters === undefined ? undefined : 'Ed25519 and parameters, of which it has none'
  if (id === pss)
    return isPlainPss(parameters) && inGo('PSS is known', go) ? undefined : 'an RSA-PSS that Go does not know'
  const kind = plain[id]
  if (kind === 'good') return undefined
  if (id === isoSha1 && !inGo('SHA-1 has two identifiers', go)) return `the algorithm ${id}`
  if (kind === 'SHA-1') return inGo('SHA-1 is refused', go) ? 'SHA-1' : undefined
  if (kind === 'DSA') return inGo('DSA is known', go) ? undefined : 'DSA'
  return kind ?? `the algorithm ${id}`
}

/** `getSignatureAlgorithmFromAI`: one digest throughout, a salt as long as it, the usual trailer. */
function isPlainPss(parameters: Der | undefined): boolean {
  if (parameters === undefined || !Array.isArray(parameters.value)) return false
  const at = (number: number): Der | undefined => {
    const found = items(parameters).find((one) => isTagged(one, number))
    return found && item(found, 0)
  }
  const [digest, mask, salt] = [at(0), at(1), at(2)]
  if (digest === undefined || mask === undefined || salt === undefined || at(3) !== undefined) return false
  const name = objectId(item(digest, 0))
  return (
    digests[name] === smallNumber(salt) &&
    objectId(item(mask, 0)) === '1.2.840.113549.1.1.8' &&
    objectId(item(item(mask, 1), 0)) === name
  )
}
