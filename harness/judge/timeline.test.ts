import { expect, test } from 'vitest'
import { certificateOf, keyOf } from '../../fixtures/credential.ts'
import { identity } from '../../fixtures/pki/leaf.ts'
import type { Observation, SeenStep } from '../probe/observation.ts'
import { etcd, hello, http, kept, timeline, type Step, type TimelineCell } from '../scenario/index.ts'
import { momentsOf } from '../scenario/moments.ts'
import { judge } from './judge.ts'
import { build, evidence, ok, rejected, seen } from './testing/seen.ts'
import { metOf, tellingOf } from './timeline.ts'

const old = { cn: 'old' }
const fresh = { cn: 'fresh' }
const fingerprints = { [identity(old)]: 'AA', [identity(fresh)]: 'BB' }
const probe = http({ scheme: 'https', path: '/version' })
const pair = (of: typeof old) => ({ 'cert-file': certificateOf(of), 'key-file': keyOf(of) })

const showing = (fingerprint: string, more: Partial<Observation> = {}): Observation => ({
  ...ok,
  tls: {
    ...{ handshake: true, version: '1.3', verified: true },
    server: {
      ...{
        fingerprint,
        subject: `CN=${fingerprint}`,
        serial: `01${fingerprint}`,
        issuer: 'CN=ca',
        names: '',
      },
      ...{ notBefore: '', notAfter: '', pem: '' },
    },
  },
  ...more,
})
/** As a held connection is seen: still open. */
const opened = (fingerprint: string, more: Partial<Observation> = {}): Observation => {
  const { closed: _, ...rest } = showing(fingerprint)
  return { ...rest, grpc: { code: 'OK', details: '' }, ...more }
}

const steps: readonly Step[] = [
  { do: 'hold', name: 'open', probe, shows: old },
  { do: 'rotate', of: 'm1', how: 'in-place', files: pair(fresh) },
  { do: 'connect', name: 'after', probe, shows: fresh },
  { do: 'use', name: 'open' },
]
const cellOf = (some: readonly Step[]): TimelineCell => ({
  given: etcd({ options: {} }),
  when: timeline(some),
  then: kept(),
})

/** Steps as they are seen, by name; those of a rotation need no observation. */
function seenSteps(some: readonly Step[], by: Readonly<Record<string, Observation | undefined>>): SeenStep[] {
  const made: SeenStep[] = []
  for (const [n, { do: act, name }] of momentsOf(some).entries()) {
    const one = by[`${act} ${name}`]
    const step = {
      name,
      do: act,
      began: n,
      ended: n + 1,
      what: name,
      ...(one && { seen: one }),
      met: true as const,
    }
    const met = metOf(cellOf(some), build, [...made, step], fingerprints)
    made.push({ ...step, met })
  }
  return made
}
const good = { 'hold open': opened('AA'), 'connect after': showing('BB'), 'use open': opened('AA') }
function verdictOf(by: Partial<Record<keyof typeof good, Observation | undefined>>, alive = true) {
  const made = seenSteps(steps, { ...good, ...by })
  const probed = tellingOf(made)
  const all = evidence({ steps: made, fingerprints, alive, ...(probed && { probe: probed }) })
  return { ...judge(cellOf(steps), build, all), steps: made }
}

test('every step as it says, in one process, is a pass', () => {
  const judged = verdictOf({})
  expect(judged).toMatchObject({ verdict: 'pass', why: [] })
  expect(judged.steps.map(({ met }) => met)).toEqual([true, true, true, true])
  expect(judged.checks).toHaveLength(10)
})

test('the old certificate after the rotation is a fail, and what the verdict speaks of', () => {
  const judged = verdictOf({ 'connect after': showing('AA', { probe: 'late' }) })
  expect(judged.verdict).toBe('fail')
  expect(judged.why).toEqual(['after: the certificate shown is fresh; seen: CN=AA, serial 01AA'])
  expect(judged.steps[2]?.met).toBe(judged.why[0])
  expect(tellingOf(judged.steps)?.probe).toBe('late')
})

test('no certificate where one is asked for never passes, and is nobody’s break', () => {
  expect(verdictOf({ 'connect after': ok }).verdict).toBe('inconclusive')
  expect(verdictOf({ 'hold open': opened('AA', { tls: { handshake: true } }) }).verdict).toBe('inconclusive')
})

test('a certificate that was not minted for the world cannot be matched', () => {
  const judged = judge(cellOf(steps), build, evidence({ steps: seenSteps(steps, good), fingerprints: {} }))
  expect(judged.verdict).toBe('inconclusive')
})

test('silence, an unreached port and a step that was not made are inconclusive', () => {
  const silent = seen({ answered: false, closed: { how: 'limit', after: 5000 } })
  const unreached = seen({ connected: false, answered: false, closed: { how: 'refused', after: 1 } })
  for (const one of [silent, unreached, undefined])
    expect(verdictOf({ 'connect after': one }).verdict).toBe('inconclusive')
  expect(judge(cellOf(steps), build, evidence({ fingerprints })).verdict).toBe('inconclusive')
})

test('an open connection that etcd ends, or a watch that it ends, is a fail; one that is silent is not proved', () => {
  const { http: _, ...gone } = opened('AA', { closed: { how: 'end', after: 3 } })
  expect(verdictOf({ 'use open': gone }).verdict).toBe('fail')
  const ended = opened('AA', { grpc: { code: 'UNAVAILABLE', details: 'etcd ended the watch' } })
  expect(verdictOf({ 'use open': ended }).verdict).toBe('fail')
  const quiet = opened('AA', { grpc: { code: 'DEADLINE_EXCEEDED', details: '' } })
  expect(verdictOf({ 'use open': quiet }).verdict).toBe('inconclusive')
})

test('an open connection that is another one by now proves nothing', () => {
  expect(verdictOf({ 'use open': opened('AA', { localPort: 1 }) }).verdict).toBe('inconclusive')
})

test('a process that ended, or was replaced, is a fail', () => {
  const before = {
    'hold open': seen({ connected: false, answered: false, closed: { how: 'refused', after: 1 } }),
  }
  expect(verdictOf(before as never, false).verdict).toBe('inconclusive')
  expect(verdictOf({}, false)).toMatchObject({
    verdict: 'fail',
    why: [expect.stringContaining('same process')],
  })
})

const refusing: readonly Step[] = [
  { do: 'connect', name: 'torn', probe, comes: 'refused', because: { reason: 'pair-does-not-match' } },
]
const torn = seen({
  alert: { number: 80, name: 'internal_error', direction: 'received' },
  tls: { handshake: false },
  closed: { how: 'alert', after: 1 },
  log: [rejected('tls: private key does not match public key')],
})
function refusal(one: Observation | undefined, some = refusing) {
  const made = seenSteps(some, { 'connect torn': one })
  return judge(cellOf(some), build, evidence({ steps: made, fingerprints })).verdict
}

test('a refusal within a timeline needs its reason, its alert and its log line', () => {
  expect(refusal(torn)).toBe('pass')
  expect(refusal({ ...torn, log: [] })).toBe('inconclusive')
  expect(refusal({ ...torn, alert: { number: 42, name: 'bad_certificate', direction: 'received' } })).toBe(
    'inconclusive',
  )
  expect(refusal(showing('AA'))).toBe('fail')
  expect(refusal(torn, [{ do: 'connect', name: 'torn', probe, comes: 'refused' }])).toBe('inconclusive')
})

test('a client that refuses must do so for the reason that is said, of the certificate that is said', () => {
  const some: readonly Step[] = [
    { do: 'connect', name: 'torn', probe, comes: 'client-refuses', shows: old, error: /CERT_HAS_EXPIRED/ },
  ]
  const expired = (fingerprint: string, code = 'CERT_HAS_EXPIRED'): Observation => {
    const { http: _, tls, ...rest } = showing(fingerprint)
    return { ...rest, tls: { ...tls, handshake: true, verified: code }, error: { code, message: code } }
  }
  expect(refusal(expired('AA'), some)).toBe('pass')
  expect(refusal(expired('AA', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'), some)).toBe('inconclusive')
  expect(refusal(expired('BB'), some)).toBe('fail')
  expect(refusal(showing('AA'), some)).toBe('inconclusive')
})

test('a process that does not come up again after a restart is a fail; a step that could not be made is not', () => {
  const some: readonly Step[] = [{ do: 'restart', of: 'm1' }]
  const after = (process: { ready: boolean; exit?: number }) => seen({ process: { ...process, after: 9 } })
  const of = (one: Observation | undefined) =>
    judge(cellOf(some), build, evidence({ steps: seenSteps(some, { 'restart restart m1': one }) })).verdict
  expect(of(after({ ready: true }))).toBe('pass')
  expect(of(after({ ready: false, exit: 1 }))).toBe('fail')
  expect(of(undefined)).toBe('inconclusive')
})

test('one file first is two moments, with what lies between them', () => {
  const between: readonly Step[] = [
    { do: 'connect', name: 'torn', probe: hello({ versions: ['1.2'], suites: [] }) },
  ]
  const names = (how: 'certificate-first' | 'key-first') =>
    momentsOf([{ do: 'rotate', of: 'm1', how, files: pair(fresh), between }]).map(({ name }) => name)
  const [certificate, key] = ['cert-file of m1 overwritten in place', 'key-file of m1 overwritten in place']
  expect(names('certificate-first')).toEqual([certificate, 'torn', key])
  expect(names('key-first')).toEqual([key, 'torn', certificate])
})

test('a timeline without steps proves nothing', () => {
  expect(judge(cellOf([]), build, evidence({ steps: [], fingerprints })).verdict).toBe('inconclusive')
})
