import { inGo } from '../../../fixtures/go-certificates.ts'
import type { Certificate } from '../certificate.ts'

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
function usable({ dns, addressBytes, mails, uris, constraints }: Certificate, id: string): boolean {
  if (id === '2.5.29.17') return dns.length + addressBytes.length + mails.length + uris.length > 0
  if (id === '2.5.29.30') return constraints?.permitted.unknown === 0 && constraints.excluded.unknown === 0
  return true
}
