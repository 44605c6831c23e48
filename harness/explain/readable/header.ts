import { inGo } from '../../../fixtures/go-certificates.ts'
import type { Certificate } from '../certificate.ts'
import type { Unreadable } from './unreadable.ts'

/** Version, serial number and the algorithm of the signature, which stands in a certificate twice. */
export function headerFlaw(certificate: Certificate, go: string): Unreadable | undefined {
  const { version, serial, extensions, algorithm, outerAlgorithm } = certificate
  const strict = inGo('a parser of its own', go)
  if (version > 3 && strict)
    return { why: `is of version ${String(version)}`, mend: 'issue it as one of version 3' }
  if (version < 3 && extensions.length > 0 && strict)
    return {
      why: `has extensions, and is of version ${String(version)}: what Go makes of it is not judged here`,
      mend: 'issue it as one of version 3',
      open: true,
    }
  if (((serial[0] ?? 0) & 0x80) !== 0 && inGo('a serial must not be negative', go))
    return { why: 'has a negative serial number', mend: 'issue it with a positive serial number' }
  if (padded(serial))
    return {
      why: 'has a serial number with a byte too many in front (X.690 8.3.2)',
      mend: 'issue it anew, with another tool',
    }
  if (!algorithm.equals(outerAlgorithm))
    return {
      why: 'names two algorithms of its signature, one that is signed and another beside the signature',
      mend: 'issue it anew, with another tool',
      ...(strict ? {} : { open: true }),
    }
  return undefined
}

const padded = ([first = 1, second]: Buffer): boolean =>
  second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))
