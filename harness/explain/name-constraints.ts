import { inGo } from '../../fixtures/go-certificates.ts'
import type { Der } from '../../fixtures/pki/der.ts'
import { bytes, isTagged, item, items } from './asn1.ts'

/** RFC 5280 4.2.1.10, as far as Go knows it: names of DNS and addresses; `others` counts the rest. */
export interface NameConstraints {
  readonly permitted: Subtrees
  readonly excluded: Subtrees
}
export interface Subtrees {
  readonly dns: readonly string[]
  /** Address and mask, 4 or 16 bytes each. */
  readonly ranges: readonly { readonly address: Buffer; readonly mask: Buffer }[]
  /** E-mail and URI: Go checks them, too. */
  readonly mailOrUri: number
  /** Kinds that Go does not know: critical, they make the certificate useless. */
  readonly unknown: number
}

const none: Subtrees = { dns: [], ranges: [], mailOrUri: 0, unknown: 0 }

export function constraintsOf(value: Der): NameConstraints {
  const of = (tag: number): Subtrees => {
    const found = items(value).find((one) => isTagged(one, tag))
    return found === undefined ? none : subtrees(items(found).map((tree) => item(tree, 0)))
  }
  return { permitted: of(0), excluded: of(1) }
}

function subtrees(bases: readonly Der[]): Subtrees {
  const of = (...tags: number[]): Buffer[] =>
    bases.filter((base) => tags.some((tag) => isTagged(base, tag))).map(bytes)
  const ranges = of(7).map((both) => ({
    address: both.subarray(0, both.length / 2),
    mask: both.subarray(both.length / 2),
  }))
  return {
    dns: of(2).map((name) => name.toString('latin1')),
    ranges,
    mailOrUri: of(1, 6).length,
    unknown: bases.length - of(1, 2, 6, 7).length,
  }
}

/** The names of one certificate that are held against the constraints of another above it. */
export interface Named {
  readonly dns: readonly string[]
  readonly addressBytes: readonly Buffer[]
  readonly otherNames: number
}

/**
 * Which name breaks a constraint: `checkNameConstraints` (crypto/x509/verify.go, to Go 1.25; constraints.go, 1.26).
 * `unknown` where e-mail addresses or URIs would have to be judged. Pure.
 */
export function broken(
  { permitted, excluded }: NameConstraints,
  named: Named,
  go: string,
): string | undefined | { unknown: string } {
  for (const name of named.dns) {
    if (name.startsWith('.') && inGo('a name may begin with a dot, or not', go))
      return {
        unknown: `whether "${name}" may be held against them changed with a patch of Go that is not known here`,
      }
    if (!isDomain(name, go)) return `"${name}" cannot be held against name constraints`
    if (excluded.dns.some((base) => below(name, base))) return `"${name}" is excluded`
    if (excluded.dns.some((base) => wildcardMeets(name, base))) {
      if (inGo('a wildcard may be excluded', go)) return `"${name}" covers an excluded name`
      if (inGo('a wildcard may be excluded, or not', go))
        return {
          unknown: `whether "${name}" is excluded by a name below it changed with a patch of Go that is not known here`,
        }
    }
    if (permitted.dns.length > 0 && !permitted.dns.some((base) => below(name, base)))
      return `"${name}" is not permitted`
  }
  for (const address of named.addressBytes) {
    if (excluded.ranges.some((range) => within(address, range))) return `${shown(address)} is excluded`
    if (permitted.ranges.length > 0 && !permitted.ranges.some((range) => within(address, range)))
      return `${shown(address)} is not permitted`
  }
  if (named.otherNames > 0 && permitted.mailOrUri + excluded.mailOrUri > 0)
    return { unknown: 'constraints on e-mail addresses or URIs are not judged here' }
  return undefined
}

/** `domainToReverseLabels`: no empty label, no dot at the end. One in front was not seen at first. */
function isDomain(name: string, go: string): boolean {
  const plain = inGo('a name may begin with a dot', go) ? name.replace(/^\./, '') : name
  return plain === '' || plain.split('.').every((label) => /^[\x21-\x7e]+$/.test(label))
}

/** The name itself or one below it; with a dot in front only below (`matchDomainConstraint`). */
function below(name: string, base: string): boolean {
  const [low, rest] = [name.toLowerCase(), base.toLowerCase()]
  if (rest === '') return true
  if (rest.startsWith('.')) return low.endsWith(rest) && low.length > rest.length
  return low === rest || low.endsWith(`.${rest}`)
}

/** `*.a.b` may be `c.a.b`, which is excluded: since the last patches of Go 1.24 and 1.25. */
function wildcardMeets(name: string, base: string): boolean {
  if (!name.startsWith('*.')) return false
  const parent = base.toLowerCase().split('.').slice(1).join('.')
  return parent !== '' && parent === name.slice(2).toLowerCase()
}

const within = (address: Buffer, { address: base, mask }: Subtrees['ranges'][number]): boolean =>
  address.length === base.length &&
  address.every((byte, n) => (byte & (mask[n] ?? 0)) === ((base[n] ?? 0) & (mask[n] ?? 0)))

const shown = (address: Buffer): string =>
  address.length === 4 ? [...address].join('.') : address.toString('hex').replace(/(.{4})(?!$)/g, '$1:')
