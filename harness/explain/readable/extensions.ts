import { decode } from '../../../fixtures/pki/der.ts'
import { inGo } from '../../../fixtures/go-certificates.ts'
import { bytes, isBoolean, item, items, objectId } from '../asn1.ts'
import type { Certificate, Extension } from '../certificate.ts'
import { constraintsFlaw } from './constraints.ts'
import type { Unreadable } from './unreadable.ts'

const anew = 'issue it anew, with another tool'
/** Tags of the extensions that Go reads (`processExtensions`): octet string, bit string, integer, else a sequence. */
const tags: Readonly<Record<string, number>> = {
  '2.5.29.14': 4,
  '2.5.29.15': 3,
  '2.5.29.54': 2,
  ...Object.fromEntries(
    ['17', '19', '30', '31', '32', '33', '35', '36', '37'].map((last) => [`2.5.29.${last}`, 16]),
  ),
  '1.3.6.1.5.5.7.1.1': 16,
}

/** What Go reads of the extensions one by one. */
export function extensionsFlaw({ extensions, constraints }: Certificate, go: string): Unreadable | undefined {
  const ids = extensions.map(({ id }) => id)
  if (new Set(ids).size < ids.length && inGo('an extension must not come twice', go))
    return { why: 'has an extension twice', mend: 'issue it with each extension once' }
  for (const one of extensions) {
    const found = criticalFlaw(one, go) ?? structureFlaw(one, go)
    if (found !== undefined) return found
  }
  return constraints === undefined ? undefined : constraintsFlaw(constraints, go)
}

function criticalFlaw({ id, critical, criticalByte }: Extension, go: string): Unreadable | undefined {
  if (criticalByte !== undefined && ![0, 0xff].includes(criticalByte))
    return { why: `says of the extension ${id} neither that it is critical nor that it is not`, mend: anew }
  if (!critical || !inGo('key identifiers must not be critical', go)) return undefined
  if (['2.5.29.14', '2.5.29.35'].includes(id))
    return {
      why: 'has a key identifier marked critical',
      mend: 'issue it with key identifiers that are not critical',
    }
  if (id === '1.3.6.1.5.5.7.1.1')
    return {
      why: 'has its authority information access marked critical',
      mend: 'issue it with that extension not critical',
    }
  return undefined
}

function structureFlaw({ id, content }: Extension, go: string): Unreadable | undefined {
  const tag = tags[id]
  if (tag === undefined) return undefined
  // Before, Go did not read all of them.
  if ((content[0] ?? 0) % 32 !== tag)
    return inGo('a parser of its own', go)
      ? { why: `has an extension ${id} of another kind than it must be`, mend: anew }
      : {
          why: `has an extension ${id} of another kind than it must be: what Go makes of it is not judged here`,
          mend: anew,
          open: true,
        }
  if (id === '2.5.29.15' && !isBitString(content))
    return { why: 'has a key usage with bits behind its end (X.690 11.2.1)', mend: anew }
  if (id === '2.5.29.32') return policiesFlaw(content, go)
  if (id === '2.5.29.19') {
    const [first] = items(decode(content))
    if (first !== undefined && isBoolean(first) && ![0, 0xff].includes(bytes(first)[0] ?? 1))
      return { why: 'says neither that it is an authority nor that it is not', mend: anew }
  }
  return undefined
}

/** No more than seven bits of the last byte are unused, and they are zeros. */
function isBitString(content: Buffer): boolean {
  const [, , unused = 8, ...rest] = content
  return unused < 8 && (rest.length > 0 || unused === 0) && ((rest.at(-1) ?? 0) & ((1 << unused) - 1)) === 0
}

function policiesFlaw(content: Buffer, go: string): Unreadable | undefined {
  const policies = items(decode(content))
  if (policies.some((one) => !Array.isArray(one.value)))
    return { why: 'has certificate policies that are none', mend: anew }
  const ids = policies.map((one) => objectId(item(one, 0)))
  if (new Set(ids).size < ids.length && inGo('a policy must not come twice', go))
    return { why: 'has a policy twice', mend: 'issue it with each policy once' }
  return undefined
}
