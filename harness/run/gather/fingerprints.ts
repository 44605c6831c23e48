import { X509Certificate } from 'node:crypto'
import { certificateOf, type CredentialSpec } from '../../../fixtures/credential.ts'
import { identity } from '../../../fixtures/pki/leaf.ts'
import type { Cell } from '../../scenario/claim.ts'
import type { ProbeContext } from '../../world/running.ts'

/** `identity` of each credential → SHA-256 of its certificate in this world, for the judge. */
export async function fingerprintsOf(
  credentials: readonly CredentialSpec[],
  context: Pick<ProbeContext, 'pem'>,
): Promise<Readonly<Record<string, string>>> {
  const entries = credentials.map(async (spec) => {
    const { fingerprint256 } = new X509Certificate(await context.pem(certificateOf(spec)))
    return [identity(spec), fingerprint256] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

/** Certificates that a cell's outcome names. */
export const shownBy = ({ then }: Cell): CredentialSpec[] =>
  'shows' in then && then.shows !== undefined ? [then.shows] : []
