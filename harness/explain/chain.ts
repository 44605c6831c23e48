import { inGo } from '../../fixtures/go-certificates.ts'
import type { Certificate } from './certificate.ts'
import { broken } from './name-constraints.ts'
import { standsForHost } from './host-name.ts'
import { commonNamesIn } from './name-value.ts'
import { constraintsUnknown } from './readable/constraints.ts'
import { unhandled } from './readable/unhandled.ts'
import { signatureFlaw } from './signature.ts'

export interface Trust {
  readonly roots: readonly Certificate[]
  /** What the other side sends along. */
  readonly sent: readonly Certificate[]
  readonly now: Date
  readonly go: string
}

/** Why a certificate is not one of a chain, and what to change. */
export interface Flaw {
  readonly kind: 'missing' | 'signature' | 'authority' | 'validity' | 'critical' | 'length' | 'constraints'
  readonly why: string
  readonly mend: string
  /** It cannot be told. */
  readonly open?: true
}
export interface Chains {
  readonly chains: readonly (readonly Certificate[])[]
  /** Why no chain could be built, nearest to the leaf first; empty when one was. */
  readonly flaws: readonly Flaw[]
}

type Place = 'leaf' | 'intermediate' | 'root'

/** Signatures that Go tries for one certificate at most (`maxChainSignatureChecks`). */
const tries = 100

/**
 * The chains from a leaf to the roots, as Go builds them: `Verify`, `buildChains`, `isValid` and `CheckSignatureFrom` of
 * crypto/x509 (verify.go, x509.go), `findPotentialParents` (cert_pool.go). Usages are judged afterwards. Pure.
 */
export function chainsOf(leaf: Certificate, trust: Trust): Chains {
  const flaws: Flaw[] = []
  // A certificate that is itself trusted needs no other.
  const trusted = trust.roots.some(({ der }) => der.equals(leaf.der))
  if (trusted && inGo('a trusted leaf needs no authority', trust.go)) return { chains: [[leaf]], flaws }
  let left = tries
  const build = (sofar: readonly Certificate[]): (readonly Certificate[])[] => {
    const last = sofar.at(-1)
    if (last === undefined) return []
    const above = (place: 'root' | 'intermediate', pool: readonly Certificate[]) =>
      parents(last, pool, trust.go).flatMap((parent) => {
        left -= 1
        if (left < 0 || isIn(parent, sofar)) return []
        const flaw = signatureFlaw(last, parent, trust.go) ?? flawOf(parent, place, sofar, trust)
        if (flaw !== undefined) {
          flaws.push(flaw)
          return []
        }
        return place === 'root' ? [[...sofar, parent]] : build([...sofar, parent])
      })
    const found = [...above('root', trust.roots), ...above('intermediate', trust.sent)]
    if (
      found.length === 0 &&
      parents(last, [...trust.roots, ...trust.sent], trust.go).every((one) => isIn(one, sofar))
    )
      flaws.push(missing(last, leaf))
    return found
  }
  const chains = build([leaf])
  if (chains.length > 0) return { chains, flaws: [] }
  return { chains, flaws: flaws.length > 0 ? flaws : [missing(leaf, leaf)] }
}

function missing(last: Certificate, leaf: Certificate): Flaw {
  if (last.issuer.equals(last.subject) && last === leaf)
    return {
      kind: 'missing',
      why: `it is signed by itself (${named(last)}) and is not among the authorities`,
      mend: 'have it signed by an authority that is in the CA file',
    }
  return {
    kind: 'missing',
    why: `its issuer, "${last.issuerText}", is neither among the authorities nor sent along${last === leaf ? '' : `; that is the issuer of ${named(last)}`}`,
    mend: `add the certificate of "${last.issuerText}" behind the leaf, or that of its root to the CA file`,
  }
}

const named = ({ subjectText }: Certificate): string =>
  subjectText === '' ? 'a certificate without a subject' : `"${subjectText}"`

/** What makes Go leave a certificate out at its place, `isValid`; the order is Go's. */
export function flawOf(
  one: Certificate,
  place: Place,
  below: readonly Certificate[],
  { now, go }: Pick<Trust, 'now' | 'go'>,
): Flaw | undefined {
  const counts = place === 'leaf' || inGo('critical extensions of authorities count', go)
  const strange = counts ? unhandled(one, go) : []
  if (strange.length > 0)
    return {
      kind: 'critical',
      why: `${named(one)} has a critical extension that Go does not know (${strange.join(', ')})`,
      mend: 'issue it without that extension, or with it not critical',
    }
  return (
    expiry(one, now) ??
    (place === 'leaf' ? undefined : (limit(one, place, below) ?? constraint(one, below, go)))
  )
}

function expiry(one: Certificate, now: Date): Flaw | undefined {
  if (now < one.notBefore)
    return {
      kind: 'validity',
      why: `${named(one)} is not valid before ${one.notBefore.toISOString()}`,
      mend: "wait until then, set the clock of etcd's machine right, or issue it anew",
    }
  if (now <= one.notAfter) return undefined
  return {
    kind: 'validity',
    why: `${named(one)} expired at ${one.notAfter.toISOString()}`,
    mend: 'issue it anew',
  }
}

function limit(one: Certificate, place: Place, below: readonly Certificate[]): Flaw | undefined {
  if (place === 'intermediate' && one.basic?.authority !== true)
    return {
      kind: 'authority',
      why: `${named(one)} is no authority (basic constraints)`,
      mend: 'have the leaf signed by a certificate with CA:TRUE',
    }
  const length = one.basic?.pathLength
  // Only the leaf does not count (RFC 5280 4.2.1.9); Go counts self-issued ones, too.
  if (length === undefined || below.length - 1 <= length) return undefined
  return {
    kind: 'length',
    why: `${named(one)} allows ${String(length)} authorities below it, and there are ${String(below.length - 1)}`,
    mend: `issue it with a larger path length, or the leaf nearer to it`,
  }
}

/** Go holds the names of all certificates below against an authority's constraints; an older one those of the leaf alone. */
function constraint(one: Certificate, below: readonly Certificate[], go: string): Flaw | undefined {
  if (one.constraints === undefined) return undefined
  const unknown = constraintsUnknown(go)
  if (unknown !== undefined) return { kind: 'constraints', ...unknown, why: `${named(one)} ${unknown.why}` }
  const bound = inGo('constraints bind all of the chain', go) ? below : below.slice(0, 1)
  const [leaf] = below
  if (leaf !== undefined && !leaf.hasSan && standsForHost(commonNamesIn(leaf, go).at(-1) ?? '', leaf, go))
    return {
      kind: 'constraints',
      why: `${named(one)} has name constraints and ${named(leaf)} no names but its common name`,
      mend: 'give the certificate its names as subjectAltName',
    }
  for (const held of bound.filter(({ hasSan }) => hasSan)) {
    const problem = broken(one.constraints, held, go)
    if (problem === undefined) continue
    const open = typeof problem === 'object'
    return {
      kind: 'constraints',
      why: `${named(one)} constrains names: ${open ? problem.unknown : problem}`,
      mend: 'issue the certificate with names that its authority may certify',
      ...(open && { open }),
    }
  }
  return undefined
}

/** `findPotentialParents`; the order does not change whether a chain is found. */
function parents(one: Certificate, pool: readonly Certificate[], go: string): readonly Certificate[] {
  if (inGo('authorities are found by key identifier', go) && one.authorityKeyId !== '') {
    const byKey = pool.filter(({ keyId }) => keyId === one.authorityKeyId)
    const asked = inGo('the name of an issuer is compared', go)
    if (byKey.length > 0) return byKey.filter(({ subject }) => !asked || subject.equals(one.issuer))
  }
  return pool.filter(({ subject }) => subject.equals(one.issuer))
}

/** `alreadyInChain`: the same subject, key and names. */
const isIn = (one: Certificate, chain: readonly Certificate[]): boolean =>
  chain.some(
    (other) => other.subject.equals(one.subject) && other.spki.equals(one.spki) && sameNames(one, other),
  )

const sameNames = (a: Certificate, b: Certificate): boolean =>
  a.hasSan === b.hasSan && a.dns.join() === b.dns.join() && a.addresses.join() === b.addresses.join()
