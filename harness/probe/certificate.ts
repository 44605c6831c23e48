import { X509Certificate } from 'node:crypto'
import type { SeenCertificate } from './observation.ts'

/** Characters kept of each field of a certificate that a stranger wrote. */
const kept = 4096

/** The public data of a certificate; undefined when it cannot be read. */
export function seenCertificate(from: X509Certificate | Buffer | undefined): SeenCertificate | undefined {
  if (from === undefined) return undefined
  try {
    const read = from instanceof X509Certificate ? from : new X509Certificate(from)
    return {
      subject: oneLine(read.subject),
      issuer: oneLine(read.issuer),
      serial: read.serialNumber.slice(0, kept),
      names: (read.subjectAltName ?? '').slice(0, kept),
      notBefore: read.validFrom,
      notAfter: read.validTo,
      fingerprint: read.fingerprint256,
      pem: read.toString().slice(0, 4 * kept),
    }
  } catch {
    return undefined
  }
}

/** Node writes one attribute per line. An empty name is undefined at run time. */
const oneLine = (name: string | undefined): string => (name ?? '').replaceAll('\n', ', ').slice(0, kept)
