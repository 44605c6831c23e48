import { goName, inGo } from '../../fixtures/go-certificates.ts'
import type { RefusalReason } from '../../fixtures/refusals.ts'
import type { Certificate } from './certificate.ts'
import { chainsOf, flawOf, type Chains, type Flaw } from './chain.ts'
import type { Check, CheckId } from './explanation.ts'
import { goodFor, namesOf } from './host-name.ts'
import { commonNamesIn } from './name-value.ts'
import { unreadable } from './readable/readable.ts'
import { lacks, usageIds, usageName, type WantedUsage } from './usages.ts'

export interface Verification {
  readonly leaf: Certificate
  readonly sent: readonly Certificate[]
  /** undefined: the system's authorities, of which nothing is known. */
  readonly roots: readonly Certificate[] | undefined
  readonly usage: WantedUsage
  /** The name or address that is dialled; of a client's certificate none. */
  readonly host?: string | undefined
  readonly now: Date
  readonly go: string
}

/**
 * What Go looks at before it takes a certificate, in its order: `processCertsFromClient` and `verifyServerCertificate` (crypto/tls),
 * then `Verify` (crypto/x509). Pure.
 */
export function verificationChecks(input: Verification): readonly Check[] {
  const { leaf, sent, go } = input
  const broken = [leaf, ...sent].flatMap((one) =>
    readCheck(one, one === leaf ? 'it' : `"${one.subjectText}"`, go),
  )
  if (broken.some(({ mark }) => mark === 'bad'))
    return broken.filter(({ mark }) => mark === 'bad').slice(0, 1)
  const named = input.host === undefined ? [] : [nameCheck(leaf, input.host, go)]
  return [
    ...broken.slice(0, 1),
    ...leafChecks(input),
    ...named,
    ...chainChecks(input),
    keyCheck(leaf, go),
    ...longKeys(sent, go),
  ]
}

function readCheck(one: Certificate, name: string, go: string): Check[] {
  const flaw = unreadable(one, go)
  if (flaw === undefined) return []
  if (flaw.open === true)
    return [{ id: 'readable', mark: 'open', why: `${name} ${flaw.why}`, mend: flaw.mend }]
  const who = name === 'it' ? 'it: it' : `what is sent along: ${name}`
  return [
    { id: 'readable', mark: 'bad', why: `${goName(go)} cannot read ${who} ${flaw.why}`, mend: flaw.mend },
  ]
}

function leafChecks({ leaf, now, go }: Verification): Check[] {
  const flaw = flawOf(leaf, 'leaf', [], { now, go })
  if (flaw?.kind === 'critical') return [bad('critical', flaw)]
  if (flaw !== undefined)
    return [{ ...bad('validity', flaw), reason: now < leaf.notBefore ? 'not-yet-valid' : 'expired' }]
  return [{ id: 'validity', mark: 'good', why: `it is valid until ${leaf.notAfter.toISOString()}` }]
}

function nameCheck(leaf: Certificate, host: string, go: string): Check {
  const all = [...namesOf(leaf, go), ...leaf.addresses]
  if (goodFor(host, leaf, go)) return { id: 'name', mark: 'good', why: `it is good for ${host}` }
  const cn = !leaf.hasSan && commonNamesIn(leaf, go).at(-1) === host
  const but = cn ? `; ${goName(go)} does not take the common name for one` : ''
  return {
    id: 'name',
    mark: 'bad',
    why: `it is not good for ${host}: it has ${all.length === 0 ? 'no names' : all.join(', ')}${but}`,
    mend: `dial one of its names, or issue it with ${host} as subjectAltName`,
  }
}

function chainChecks(input: Verification): Check[] {
  const { leaf, sent, roots, now, go, usage } = input
  if (roots === undefined)
    return [
      { id: 'chain', mark: 'open', why: 'the authorities are those of the system, which are not known here' },
      ...(lacks([leaf], usage, go) === undefined ? [] : [usageCheck([[leaf]], usage, go)]),
    ]
  const found = chainsOf(leaf, { roots, sent, now, go })
  const chain = chainCheck(found, input)
  return found.chains.length === 0
    ? [chain]
    : [chain, usageCheck(found.chains, usage, go), ...policies(found, go)]
}

function chainCheck({ chains, flaws }: Chains, { roots = [] }: Verification): Check {
  const [first] = chains
  if (first !== undefined) {
    const path =
      first.length === 1
        ? 'it is itself in the CA file'
        : `it leads to ${quoted(first.at(-1))} through ${through(first)}`
    return { id: 'chain', mark: 'good', why: path }
  }
  const flaw = flaws.find(({ open }) => open !== true) ?? flaws[0]
  if (flaw === undefined)
    return { id: 'chain', mark: 'bad', why: 'no chain leads to an authority', mend: 'have it signed by one' }
  if (flaws.some(({ open }) => open === true)) return { id: 'chain', mark: 'open', why: flaw.why }
  const empty = roots.length === 0 ? '; the CA file holds no authority' : ''
  const reason = reasonOf(flaw, flaws)
  return { ...bad('chain', { ...flaw, why: `${flaw.why}${empty}` }), ...(reason && { reason }) }
}

const quoted = (one: Certificate | undefined): string => `"${one?.subjectText ?? ''}"`
const through = (chain: readonly Certificate[]): string =>
  chain.length === 2 ? 'no other' : chain.slice(1, -1).map(quoted).join(', ')

/** Only where one flaw alone decides: of several, Go names the last. */
function reasonOf(flaw: Flaw, all: readonly Flaw[]): RefusalReason | undefined {
  if (all.some(({ kind }) => kind !== flaw.kind)) return undefined
  return flaw.kind === 'missing' || flaw.kind === 'signature' ? 'unknown-authority' : undefined
}

const bad = (id: CheckId, { why, mend }: Pick<Flaw, 'why' | 'mend'>): Check => ({
  id,
  mark: 'bad',
  why,
  mend,
})

function usageCheck(chains: readonly (readonly Certificate[])[], usage: WantedUsage, go: string): Check {
  const lacking = chains.map((chain) => lacks(chain, usage, go))
  const one = lacking.includes(undefined) ? undefined : lacking[0]
  if (one === undefined) {
    const [leaf] = chains[0] ?? []
    const why =
      leaf?.usages?.includes(usageIds[usage]) === true
        ? `it has ${usage}`
        : 'it lists no usages, so it may be used for any'
    return {
      id: 'usage',
      mark: 'good',
      why: leaf?.usages?.includes('2.5.29.37.0') === true ? 'it is good for any usage' : why,
    }
  }
  const has = (one.usages ?? []).map(usageName).join(', ')
  const who = one === chains[0]?.[0] ? 'it' : `its authority ${quoted(one)}`
  return {
    id: 'usage',
    mark: 'bad',
    reason: 'wrong-usage',
    why: `${who} is for ${has} only, not for ${usage}`,
    mend: `issue ${who === 'it' ? 'it' : 'the authority'} with ${usage} among its extended key usages`,
  }
}

/** An authority that requires an explicit policy: what comes of it is not judged here. */
function policies({ chains }: Chains, go: string): Check[] {
  const asks = chains.every((chain) =>
    chain.some(({ extensions }) => extensions.some(({ id }) => id === '2.5.29.36')),
  )
  if (!asks || !inGo('policies are checked', go)) return []
  return [
    {
      id: 'chain',
      mark: 'open',
      why: 'an authority constrains policies (2.5.29.36), which is not judged here',
    },
  ]
}

/** What the owner proves it has the key of: `processCertsFromClient`, `checkKeySize`, and crypto/rsa. */
function keyCheck({ keyType, keyBits }: Certificate, go: string): Check {
  const bits = keyBits ?? 0
  const text = keyBits === undefined ? keyType : `RSA, ${String(bits)} bits`
  const mend = 'use an RSA key of 2048 bits, or one on P-256'
  if (keyType === 'rsa' && bits < 1024 && inGo('RSA needs 1024 bits', go))
    return { id: 'key', mark: 'bad', why: `its key is too short for ${goName(go)} (${text})`, mend }
  if (isLong({ keyType, keyBits: bits }, go))
    return { id: 'key', mark: 'bad', why: `its key is too long for ${goName(go)} (${text})`, mend }
  const known = ['rsa', 'ec', ...(inGo('Ed25519 is known', go) ? ['ed25519'] : [])]
  if (!known.includes(keyType))
    return { id: 'key', mark: 'bad', why: `${goName(go)} takes no key of its kind (${text})`, mend }
  return { id: 'key', mark: 'good', why: `its key is one that ${goName(go)} takes (${text})` }
}

const isLong = ({ keyType, keyBits = 0 }: Pick<Certificate, 'keyType' | 'keyBits'>, go: string): boolean =>
  keyType === 'rsa' && keyBits > 8192 && inGo('RSA ends at 8192 bits', go)

/** The keys of what is sent along are measured, too, before anything is verified. */
const longKeys = (sent: readonly Certificate[], go: string): Check[] =>
  sent
    .filter((one) => isLong(one, go))
    .slice(0, 1)
    .map(({ subjectText, keyBits }) => ({
      id: 'key',
      mark: 'bad',
      why: `the key of "${subjectText}", which is sent along, is too long for ${goName(go)} (RSA, ${String(keyBits)} bits)`,
      mend: 'leave that certificate out, or give its authority a key of 4096 bits',
    }))
