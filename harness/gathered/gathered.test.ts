import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { Evidence } from '../judge/evidence.ts'
import { judge } from '../judge/judge.ts'
import { build, evidence, noCertificate, ok, refusal, refuseCell, seen } from '../judge/testing/seen.ts'
import { etcd, http, kept, timeline, type Cell } from '../scenario/index.ts'
import { logicalBy } from '../world/logical.ts'
import { claimDigest, digestOf } from './claim-digest.ts'
import { judgeAgain } from './judge-again.ts'
import { readGathered, unpackGathered } from './read.ts'
import type { GatheredRecord } from './record.ts'
import { gatheredText } from './write.ts'

const record = (of: Evidence, more: Partial<GatheredRecord> = {}): GatheredRecord => ({
  format: 'etcd-tls/gathered',
  formatVersion: 1,
  cell: 'security/section/claim',
  asked: 'a1',
  run: 'r1',
  subject: { name: '3.6.16@image+go1.26.10', ...build, tls: ['1.2', '1.3'], image: 'sha256:1' },
  addresses: { kind: 'single', addresses: ['10.138.1.2'] },
  evidence: of,
  world: { members: [], certificates: [] },
  ...more,
})
const through = (of: GatheredRecord): GatheredRecord => readGathered(gatheredText(of), 'gathered')

describe('a record', () => {
  test.each([
    ['a refusal', refusal({ log: [noCertificate], logs: { m1: [noCertificate] } })],
    ['nothing but a start', evidence()],
    ['an end afterwards', evidence({ endedLater: ['m1 ended'] })],
    [
      'odd text',
      evidence({ probe: seen({ probe: 'lone \uD800, nul \0, "quotes", \u2028', byHand: ['a\nb'] }) }),
    ],
    [
      'others, fingerprints and a control',
      evidence({ others: { m2: { start: ok, alive: false } }, fingerprints: { a: 'B:C' }, control: ok }),
    ],
  ])('of %s is read as it was written', (_, of) => {
    expect(through(record(of))).toEqual(record(of))
  })

  test('holds what a log line says in its text alone', () => {
    const line = { ...noCertificate, error: 'something else' }
    const { log } = through(record(evidence({ log: [line] }))).evidence
    expect(log).toEqual([noCertificate])
  })

  test.each([
    ['text that is no JSON', 'x{', /is not JSON/],
    ['something else', '{}', /is no gathered evidence of etcd-tls/],
    ['null', 'null', /is no gathered evidence/],
    [
      'a later version',
      JSON.stringify({ ...record(evidence()), formatVersion: 2 }),
      /formatVersion 2; .* reads 1/,
    ],
    [
      'a field that is wrong',
      JSON.stringify({ ...record(evidence()), run: 7 }),
      /file gathered is not valid: field run: /,
    ],
  ])('is not read from %s', (_, text, sentence) => {
    expect(() => readGathered(text, 'gathered')).toThrow(expect.objectContaining({ exit: 2 }))
    expect(() => readGathered(text, 'gathered')).toThrow(sentence)
  })

  test('with a field that nobody would look at is not read', () => {
    const odd = record(evidence({ probe: { ...ok, mood: 'good' } as never }))
    expect(() => through(odd)).toThrow(/does not know: evidence\.probe\.mood/)
  })

  test('is read compressed only, and never beyond its bound', () => {
    expect(() => unpackGathered(Buffer.from('{}'), 'a')).toThrow(/a is not compressed/)
    const many = `{"format":"etcd-tls/gathered","x":[${'[],'.repeat(11_000_000)}0]}`
    expect(() => unpackGathered(gzipSync(many, { level: 1 }), 'a')).toThrow(
      /a has more parts than evidence can have/,
    )
    const texts = JSON.stringify({ format: 'x', texts: '[,{\\"'.repeat(11_000_000) })
    expect(() => unpackGathered(gzipSync(texts, { level: 1 }), 'a')).toThrow(/is no gathered evidence/)
    expect(unpackGathered(gzipSync(gatheredText(record(evidence()))), 'a')).toEqual(record(evidence()))
  })
})

describe('judged again', () => {
  test('a refusal comes out as it did, addresses of the run and all', () => {
    const cell = { ...refuseCell, printed: { text: '127.0.0.1', in: 'error' } } as Cell
    const of = record(refusal({ probe: { ...ok, error: { code: 'x', message: 'at 10.138.1.2' } } }))
    const first = judge(cell, build, of.evidence, logicalBy(of.addresses))
    expect(judgeAgain(cell, through(of))).toEqual(first)
    expect(first.checks.find(({ question }) => question === 'printed')).toMatchObject({ met: true })
  })

  test('a step of a timeline does not come out by its own word', () => {
    const probe = http({ scheme: 'http', path: '/version' })
    const steps = [{ do: 'connect', name: 'after', probe }] as const
    const cell: Cell = { given: etcd({ options: {} }), when: timeline(steps), then: kept() }
    const turned = seen({ answered: false, closed: { how: 'reset', after: 1 } })
    const made = { name: 'after', do: 'connect', began: 0, ended: 1, what: 'a', seen: turned } as const
    const lying = record(evidence({ steps: [{ ...made, met: true }], probe: ok }))
    const { verdict, seen: words } = judgeAgain(cell, through(lying))
    expect(verdict).toBe('fail')
    expect(words).toMatch(/^after: a new connection is served; seen: /)
  })
})

describe('the digest of a claim', () => {
  const of = (cell: object, says = 'a'): string => claimDigest({ cellId: 'c', claim: { says }, cell })
  test('is the same whatever the order of keys, and without what is not asked', () => {
    const same = [
      { a: 1, b: { c: /x/, d: [2] } },
      { b: { d: [2], c: /x/, e: undefined }, a: 1, cites: ['f'] },
    ]
    expect(new Set(same.map((cell) => of(cell))).size).toBe(1)
  })
  test.each([
    ['a regular expression', { r: /y/ }],
    ['its flags', { r: /x/i }],
    ['text instead of it', { r: 'x' }],
    ['another field', { r: /x/, known: {} }],
  ])('differs with %s', (_, cell) => {
    expect(of(cell)).not.toBe(of({ r: /x/ }))
  })
  test('differs with the words', () => {
    expect(of({}, 'b')).not.toBe(of({}))
  })
  test('is not to be had of code', () => {
    expect(() => digestOf({ f: () => 1 })).toThrow(/function has no digest/)
  })
})
