import { isIP } from 'node:net'
import { goName, inGo } from '../../../fixtures/go-certificates.ts'
import { isDomain, type NameConstraints, type Subtrees } from '../name-constraints.ts'
import type { Unreadable } from './unreadable.ts'

/** Go before 1.10 knows few kinds of name constraints: what it does with one cannot be told here. */
export const constraintsUnknown = (go: string): Unreadable | undefined =>
  inGo('name constraints are of all kinds', go)
    ? undefined
    : {
        why: `has name constraints, of which ${goName(go)} knows few: not judged here`,
        mend: 'use an authority without name constraints',
        open: true,
      }

/** What Go does not read: `parseNameConstraintsExtension`. */
export function constraintsFlaw(
  { permitted, excluded }: NameConstraints,
  go: string,
): Unreadable | undefined {
  const mend = 'issue the authority with other name constraints'
  const unknown = constraintsUnknown(go)
  if (unknown !== undefined) return unknown
  const both = [permitted, excluded]
  const count = both.reduce((sum, one) => sum + kindsOf(one), 0)
  if (count === 0) return { why: 'has name constraints that constrain nothing', mend }
  if (both.some(({ ranges }) => !ranges.every(isRange)))
    return { why: 'has name constraints with a range of addresses that is none', mend }
  const base = both
    .flatMap(({ dns }) => dns)
    .find((one) => one !== '' && !isDomain(one.replace(/^\./, ''), go))
  if (base !== undefined)
    return { why: `has name constraints on ${JSON.stringify(base)}, which is no name`, mend }
  const host = both.flatMap(({ uris }) => uris).find((one) => isIP(one) !== 0)
  if (host !== undefined)
    return { why: `has name constraints on ${host} as the host of URIs, which is no name`, mend }
  const other = both.flatMap(({ mails, uris }) => [...mails, ...uris]).find((one) => !plainBase.test(one))
  if (other === undefined) return undefined
  return {
    why: `has name constraints on ${JSON.stringify(other)}: whether Go reads that is not judged here`,
    mend,
    open: true,
  }
}

const plainBase = /^([\w+-]+@)?\.?([\w-]+\.)*[\w-]+$/
const kindsOf = ({ dns, ranges, mails, uris, unknown }: Subtrees): number =>
  dns.length + ranges.length + mails.length + uris.length + unknown

/** Address and mask of 4 or 16 bytes each, ones in front of zeros. */
const isRange = ({ address, mask }: Subtrees['ranges'][number]): boolean =>
  address.length === mask.length &&
  [4, 16].includes(mask.length) &&
  /^1*0*$/.test([...mask].map((byte) => byte.toString(2).padStart(8, '0')).join(''))
