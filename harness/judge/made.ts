import { X509Certificate } from 'node:crypto'
import type { SeenCertificate } from '../probe/observation.ts'
import { check } from './check.ts'
import type { Answer } from './timeline-connection.ts'

/** What is asked of the certificate of a connection. */
export const signedAlone = (name: string): string =>
  `${name}: the certificate shown is signed with its own key, as is the one before`
export const ofNewKey = (name: string): string => `${name}: its key was not shown before`

/**
 * A certificate that its owner made alone: issued by its own subject and signed with its own key (RFC 5280 3.2), which
 * is another one than was shown before. etcd's may sign no certificates (`KeyUsage`, `SelfCert`), so OpenSSL's
 * `X509_check_issued` would not call it its own issuer. What was not seen, or cannot be read, is not proved to be wrong.
 */
export function madeAlone(
  name: string,
  shown: SeenCertificate | undefined,
  other: SeenCertificate | undefined,
): Answer {
  const [own, before] = [read(shown), read(other)]
  if (own === undefined || before === undefined) {
    const unseen = check('then', false, `${name}: a certificate is shown, as before`, 'one was not seen')
    return { checks: [unseen], broken: false }
  }
  const told =
    shown === undefined ? '' : `${shown.subject}, issued by ${shown.issuer}, serial ${shown.serial}`
  const signed = [own, before].every((one) => one.issuer === one.subject && one.verify(one.publicKey))
  const checks = [
    check('then', signed, signedAlone(name), told),
    check('then', !own.publicKey.equals(before.publicKey), ofNewKey(name), told),
  ]
  return { checks, broken: checks.some(({ met }) => !met) }
}

function read(seen: SeenCertificate | undefined): X509Certificate | undefined {
  try {
    return seen === undefined ? undefined : new X509Certificate(seen.pem)
  } catch {
    return undefined
  }
}
