import { inGo } from '../../../fixtures/go-certificates.ts'
import type { Certificate } from '../certificate.ts'

/** Curves that Go knows (crypto/x509, `namedCurveFromOID`), in OpenSSL's names. */
const curves = ['secp224r1', 'prime256v1', 'secp384r1', 'secp521r1']

/** Why Go cannot read a certificate (crypto/x509, parser.go), with what to change; undefined when it can. Pure. */
export function unreadable(certificate: Certificate, go: string): { why: string; mend: string } | undefined {
  const { addressBytes, dns, serial, extensions, key } = certificate
  const odd = addressBytes.find(({ length }) => length !== 4 && length !== 16)
  if (odd !== undefined)
    return {
      why: `has an IP entry of ${String(odd.length)} bytes`,
      mend: 'issue it with IP entries of 4 or 16 bytes',
    }
  const foreign = dns.find((name) => /[\u0080-\uffff]/.test(name))
  if (foreign !== undefined && inGo('a dNSName must be ASCII', go))
    return {
      why: `has a DNS name that is not ASCII, ${JSON.stringify(foreign)}`,
      mend: 'write the name in its xn-- form',
    }
  if (((serial[0] ?? 0) & 0x80) !== 0 && inGo('a serial must not be negative', go))
    return { why: 'has a negative serial number', mend: 'issue it with a positive serial number' }
  const ids = extensions.map(({ id }) => id)
  if (new Set(ids).size < ids.length && inGo('an extension must not come twice', go))
    return { why: 'has an extension twice', mend: 'issue it with each extension once' }
  const critical = extensions.some((one) => one.critical && ['2.5.29.14', '2.5.29.35'].includes(one.id))
  if (critical && inGo('key identifiers must not be critical', go))
    return {
      why: 'has a key identifier marked critical',
      mend: 'issue it with key identifiers that are not critical',
    }
  const curve = key.asymmetricKeyDetails?.namedCurve
  if (certificate.keyType === 'ec' && !curves.includes(curve ?? ''))
    return {
      why: `has a key on the curve ${String(curve)}, which Go does not know`,
      mend: 'use a key on P-256',
    }
  return undefined
}

const known = [14, 15, 17, 19, 30, 31, 32, 35, 37]
const policy = [33, 36, 54]

/** Object identifiers of critical extensions that Go does not handle: with one of them nothing is verified. */
export function unhandled(certificate: Certificate, go: string): readonly string[] {
  const handled = [...known, ...(inGo('policies are checked', go) ? policy : [])].map(
    (id) => `2.5.29.${String(id)}`,
  )
  return certificate.extensions
    .filter(({ id, critical }) => critical && (!handled.includes(id) || !usable(certificate, id)))
    .map(({ id }) => id)
}

/** A subjectAltName of kinds that Go does not know, and constraints on such, count as not handled. */
function usable({ dns, addressBytes, otherNames, constraints }: Certificate, id: string): boolean {
  if (id === '2.5.29.17') return dns.length + addressBytes.length + otherNames > 0
  if (id === '2.5.29.30') return constraints?.permitted.unknown === 0 && constraints.excluded.unknown === 0
  return true
}
