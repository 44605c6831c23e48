import { inGo } from '../../../fixtures/go-certificates.ts'
import type { Certificate } from '../certificate.ts'

const known = [14, 15, 17, 19, 30, 31, 32, 35, 37]
const policy = [33, 36, 54]

/** Object identifiers of critical extensions that Go does not handle: with one of them nothing is verified. */
export function unhandled(certificate: Certificate, go: string): readonly string[] {
  // Access information (RFC 5280 4.2.2.1) has an identifier of another kind.
  const handled = [
    '1.3.6.1.5.5.7.1.1',
    ...[...known, ...(inGo('policies are read', go) ? policy : [])].map((id) => `2.5.29.${String(id)}`),
  ]
  return certificate.extensions
    .filter(({ id, critical }) => critical && (!handled.includes(id) || !usable(certificate, id, go)))
    .map(({ id }) => id)
}

/** A subjectAltName of kinds that Go does not know, and constraints on such, count as not handled. */
function usable(
  { dns, addressBytes, mails, uris, constraints }: Certificate,
  id: string,
  go: string,
): boolean {
  if (id === '2.5.29.17')
    return dns.length + addressBytes.length + mails.length + (inGo('URIs are read', go) ? uris.length : 0) > 0
  if (id === '2.5.29.30') return constraints?.permitted.unknown === 0 && constraints.excluded.unknown === 0
  return true
}
