import type { Certificate } from '../certificate.ts'
import { headerFlaw } from './header.ts'
import { extensionsFlaw } from './extensions.ts'
import { keyFlaw } from './key.ts'
import { namesFlaw } from './names.ts'
import type { Unreadable } from './unreadable.ts'

/**
 * Why Go cannot read a certificate, with what to change; undefined when it can (crypto/x509: parser.go, before Go 1.17 `parseCertificate`
 * of x509.go). What OpenSSL does not read either never comes here. Pure.
 */
export function unreadable(certificate: Certificate, go: string): Unreadable | undefined {
  const found = [headerFlaw, namesFlaw, keyFlaw, extensionsFlaw].map((flaw) => flaw(certificate, go))
  return found.find((one) => one !== undefined && one.open !== true) ?? found.find((one) => one !== undefined)
}
