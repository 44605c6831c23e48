import { isIP } from 'node:net'
import { inGo } from '../../fixtures/go-certificates.ts'
import type { Der } from '../../fixtures/pki/der.ts'
import { addressText } from './address-text.ts'
import { bytes, isTagged, item, items } from './asn1.ts'

/** RFC 5280 4.2.1.10, as far as Go knows it: names of DNS, addresses, mails and URIs; `unknown` counts the rest. */
export interface NameConstraints {
  readonly permitted: Subtrees
  readonly excluded: Subtrees
}
export interface Subtrees {
  readonly dns: readonly string[]
  /** Address and mask, 4 or 16 bytes each. */
  readonly ranges: readonly { readonly address: Buffer; readonly mask: Buffer }[]
  /** E-mail and URI: Go checks them, too. */
  readonly mails: readonly string[]
  readonly uris: readonly string[]
  /** Kinds that Go does not know: critical, they make the certificate useless. */
  readonly unknown: number
}

const none: Subtrees = { dns: [], ranges: [], mails: [], uris: [], unknown: 0 }

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
  const texts = (tag: number): string[] => of(tag).map((name) => name.toString('latin1'))
  return {
    dns: texts(2),
    ranges,
    mails: texts(1),
    uris: texts(6),
    unknown: bases.length - of(1, 2, 6, 7).length,
  }
}

/** The names of one certificate that are held against the constraints of another above it. */
export interface Named {
  readonly dns: readonly string[]
  readonly addressBytes: readonly Buffer[]
  readonly mails: readonly string[]
  readonly uris: readonly string[]
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
    if (
      [permitted, excluded].some(({ ranges }) => isUnsorted(ranges, address)) &&
      inGo('constraints are sorted', go)
    )
      return {
        unknown:
          'of several ranges one has bits behind its mask, and which of them Go finds is not judged here',
      }
    if (excluded.ranges.some((range) => within(address, range, go))) return `${shown(address)} is excluded`
    if (permitted.ranges.length > 0 && !permitted.ranges.some((range) => within(address, range, go)))
      return `${shown(address)} is not permitted`
  }
  return otherBroken({ permitted, excluded }, named, go)
}

/** E-mail addresses and URIs: any constraint makes Go take them apart. */
function otherBroken({ permitted, excluded }: NameConstraints, { mails, uris }: Named, go: string) {
  const bound = [
    mails.length > 0 && permitted.mails.length + excluded.mails.length > 0,
    uris.length > 0 && permitted.uris.length + excluded.uris.length > 0,
  ]
  if (bound.includes(true)) return { unknown: 'constraints on e-mail addresses or URIs are not judged here' }
  const odd = mails.find((one) => !/^[\w+-]+(\.[\w+-]+)*@([\w-]+\.)*[\w-]+$/.test(one))
  if (odd !== undefined) return { unknown: `whether "${odd}" can be held against them is not judged here` }
  if (!inGo('constraints are sorted', go)) return undefined
  const alone = uris.find((one) => !/^[^:]+:\/\/[^/]/.test(one) || isIP(hostOf(one)) !== 0)
  return alone === undefined ? undefined : `"${alone}" cannot be held against name constraints`
}

const hostOf = (uri: string): string => /^[^:]+:\/\/([^/]*)/.exec(uri)?.[1] ?? ''

/** `domainToReverseLabels`: no empty label, no dot at the end. One in front was not seen at first. */
export function isDomain(name: string, go: string): boolean {
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

const within = (address: Buffer, { address: base, mask }: Subtrees['ranges'][number], go: string): boolean =>
  address.length === base.length &&
  // `net.IPNet.Contains` takes an address of IPv4 in 16 bytes for one of 4.
  !(address.length === 16 && !addressText(address).includes(':') && inGo('constraints are sorted', go)) &&
  address.every((byte, n) => (byte & (mask[n] ?? 0)) === ((base[n] ?? 0) & (mask[n] ?? 0)))

/** Several, and the address of one is not the first of its range. */
const isUnsorted = (ranges: Subtrees['ranges'], { length }: Buffer): boolean => {
  const alike = ranges.filter(({ address }) => address.length === length)
  return (
    alike.length > 1 &&
    alike.some(({ address, mask }) => address.some((byte, n) => (byte & ~(mask[n] ?? 0)) !== 0))
  )
}

const shown = (address: Buffer): string =>
  address.length === 4 ? [...address].join('.') : address.toString('hex').replace(/(.{4})(?!$)/g, '$1:')
