import { X509Certificate } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { certificateOf, type CredentialSpec } from '../../../fixtures/credential.ts'
import { HarnessError } from '../../errors.ts'
import type { ProbeContext } from '../../world/running.ts'

/** Milliseconds a timeline waits at most for a certificate to be out of date. */
const expireLimit = 15_000
/** notAfter names a second, and is its last one (RFC 5280 4.1.2.5); it is over when the next one begins. */
const second = 1000
/** Milliseconds since the epoch at which a certificate is out of date. */
export const overAt = (validTo: string): number => Date.parse(validTo) + second

/**
 * Waits for the moment at which a certificate is out of date, and says so. There is no event for it but the clock's.
 * Errors: HarnessError `too-long-valid` (exit 2) where it is valid beyond the limit.
 */
export async function expire(
  credential: CredentialSpec,
  context: Pick<ProbeContext, 'pem'>,
): Promise<string> {
  const { validTo } = new X509Certificate(await context.pem(certificateOf(credential)))
  const left = overAt(validTo) - Date.now()
  if (left > expireLimit) {
    const name = credential.cn ?? 'The certificate'
    const message = `${name} is valid until ${validTo}: give it a notAfter of some seconds to wait for its end.`
    throw new HarnessError('too-long-valid', message, { exit: 2 })
  }
  if (left > 0) await setTimeout(left)
  return `the certificate was valid until ${validTo}`
}
