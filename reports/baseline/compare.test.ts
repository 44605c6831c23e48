import { describe, expect, test } from 'vitest'
import type { ClaimRecord, Results } from '../schema.ts'
import { sampleSubject } from '../testing/sample-parts.ts'
import { cleanResults } from '../testing/sample-results.ts'
import { compare, type Asked } from './compare.ts'
import { changeFinder, changeText } from './comparison.ts'

const cell = 'security/https/verified-handshake:api=v3'
const claimId = 'security/https/verified-handshake'
const against = (now: Results, before: Results, asked?: Asked) =>
  compare(now, { results: before, from: 'before.json' }, asked === undefined ? {} : { asked })

/** The run with one cell otherwise. */
const but = (results: Results, change: Partial<Results['results'][number]>, of = cell): Results => ({
  ...results,
  results: results.results.map((one) => (one.cell === of ? { ...one, ...change } : one)),
})
const claimBut = (results: Results, change: (claim: ClaimRecord) => ClaimRecord): Results => ({
  ...results,
  claims: results.claims.map((claim) => (claim.id === claimId ? change(claim) : claim)),
})
const without = (results: Results, dropped = claimId): Results => ({
  ...results,
  claims: results.claims.filter(({ id }) => id !== dropped),
  results: results.results.filter(({ claim }) => claim !== dropped),
})
const [older, newer] = [cleanResults(['3.6.4']), cleanResults(['3.6.16'])]
const size = newer.results.length

test('a run against itself is unchanged', () => {
  const { counts, worse, columns } = against(newer, newer)
  expect([counts.unchanged, worse, changeText(counts)]).toEqual([size, 0, `${String(size)} unchanged`])
  expect(columns.map(({ notes }) => notes)).toEqual([[]])
})

test('one release against another: what broke is named with both verdicts', () => {
  const broken = but(newer, { verdict: 'fail' })
  const comparison = against(broken, older)
  expect(comparison).toMatchObject({ worse: 1, from: 'before.json', notes: [] })
  expect(comparison.columns[0]).toMatchObject({
    subject: newer.subjects[0]?.name,
    baseline: older.subjects[0]?.name,
    notes: ['etcd 3.6.16 against 3.6.4'],
  })
  const subject = newer.subjects[0]?.name ?? ''
  const found = changeFinder(comparison)({ cell, subject })
  expect(found).toMatchObject({ change: 'regressed', worse: true, before: 'pass', now: 'fail' })
  expect(changeText(comparison.counts)).toBe(`1 regressed · ${String(size - 1)} unchanged`)
  expect(against(older, broken).counts).toMatchObject({ mended: 1, regressed: 0 })
})

describe('cells that one side does not have', () => {
  const fewer = without(newer)
  const gone = size - fewer.results.length
  test('are gone, or new', () => {
    expect(against(fewer, older).counts).toMatchObject({ gone, unchanged: size - gone })
    expect(against(newer, without(older)).counts).toMatchObject({ new: gone, unchanged: size - gone })
  })
  test('of which this run was not asked are neither', () => {
    const narrowed = against(fewer, older, (_, claim) => claim !== claimId)
    expect(narrowed.counts.gone).toBe(0)
    expect(narrowed.columns[0]?.notAsked).toBe(gone)
  })
  test('and whose result alone is missing are gone, too', () => {
    const lost = { ...newer, results: newer.results.filter((one) => one.cell !== cell) }
    expect(against(lost, older).counts.gone).toBe(1)
  })
})

describe('a claim that is another', () => {
  const changeOf = (now: Results, before: Results) =>
    changeFinder(against(now, before))({ cell, subject: now.subjects[0]?.name ?? '' })?.redefined
  const defined = (results: Results, definition?: string) =>
    claimBut(results, (claim) => ({
      ...claim,
      cells: claim.cells.map((one) => ({ ...one, ...(definition !== undefined && { definition }) })),
    }))
  test('by its words', () => {
    expect(
      changeOf(
        newer,
        claimBut(older, (claim) => ({ ...claim, says: 'Another.' })),
      ),
    ).toBe('text')
    expect(
      changeOf(
        newer,
        claimBut(older, (claim) => ({ ...claim, since: '3.2.0' })),
      ),
    ).toBe('text')
  })
  test('by what it does', () => {
    expect(changeOf(defined(newer, 'a'), defined(older, 'b'))).toBe('definition')
    expect(changeOf(defined(newer, 'a'), defined(older, 'a'))).toBeUndefined()
  })
  test('is not known of a file without definitions', () => {
    expect(changeOf(defined(newer, 'a'), older)).toBeUndefined()
  })
})

describe('which build is compared with which', () => {
  const columns = (now: string[], before: string[]) =>
    against(cleanResults(now), cleanResults(before)).columns.map(
      ({ subject, baseline = 'none' }) => `${subject.split('@')[0] ?? ''} ${baseline.split('@')[0] ?? ''}`,
    )
  test.each([
    ['the same ones', ['3.6.16', '3.5.35'], ['3.5.35', '3.6.16'], ['3.6.16 3.6.16', '3.5.35 3.5.35']],
    ['one of another line', ['3.7.3'], ['3.6.16'], ['3.7.3 3.6.16']],
    ['those of a line', ['3.6.16', '3.5.35'], ['3.5.34', '3.6.4'], ['3.6.16 3.6.4', '3.5.35 3.5.34']],
    ['one of several', ['3.6.16'], ['3.5.35', '3.6.4', '3.4.25'], ['3.6.16 3.6.4']],
    ['a new column', ['3.6.16', '3.7.3'], ['3.6.16'], ['3.6.16 3.6.16', '3.7.3 none']],
    ['the same before its line', ['3.6.16'], ['3.6.4', '3.6.16'], ['3.6.16 3.6.16']],
  ])('%s', (_, now, before, expected) => {
    expect(columns(now, before)).toEqual(expected)
  })
  test.each([
    [['3.6.16'], ['3.6.4', '3.6.5']],
    [['3.7.3'], ['3.6.4', '3.5.35']],
    [['3.7.3', '3.6.16'], ['3.5.35']],
  ])('%j against %j is not to be told', (now, before) => {
    expect(() => columns(now, before)).toThrow(
      /^--baseline before\.json: with which of .*@.* compared\? Take /,
    )
  })
  test('what is in the baseline only is told, a new column as well', () => {
    expect(against(newer, cleanResults(['3.6.4', '3.5.35'])).notes).toEqual([
      `${sampleSubject('3.5.35').name} is in the baseline only`,
    ])
    const added = against(cleanResults(['3.6.16', '3.7.3']), newer).columns[1]
    expect([added?.counts.new, added?.notes]).toEqual([
      size,
      ['the baseline has no build for it: every cell is new'],
    ])
  })

  const subjectBut = (results: Results, change: Partial<Results['subjects'][number]>): Results => {
    const subjects = results.subjects.map((one) => ({ ...one, ...change }))
    const name = subjects[0]?.name ?? ''
    return { ...results, subjects, results: results.results.map((one) => ({ ...one, subject: name })) }
  }
  test.each([
    [
      { source: 'official' as const, name: '3.6.16@official+go1.26.10' },
      /of different origin \(module against official\)/,
    ],
    [{ go: '1.26.9', name: '3.6.16@module+go1.26.9' }, /^Go 1\.26\.10 against 1\.26\.9/],
    [{ image: 'sha256:other' }, /another image/],
  ])('%j is never mixed silently', (change, note) => {
    const { columns, counts } = against(newer, subjectBut(newer, change))
    expect(counts.unchanged).toBe(size)
    expect(columns[0]?.notes).toEqual([expect.stringMatching(note)])
  })
  test('a TLS version that is spoken no longer is told: what was asked over it is not asked any more', () => {
    const { columns } = against(subjectBut(newer, { tls: ['1.3'] }), newer)
    expect(columns[0]?.notes).toEqual([expect.stringMatching(/^TLS 1\.2 is spoken no longer/)])
  })
  test('of two origins the same is taken', () => {
    const official = subjectBut(older, { source: 'official', name: '3.6.4@official+go1.26.10' })
    const both = {
      ...older,
      subjects: [...official.subjects, ...older.subjects],
      results: [...official.results, ...older.results],
    }
    expect(against(newer, both).columns[0]?.baseline).toBe('3.6.4@module+go1.26.10')
  })
  test('a bent etcd is no release of its line', () => {
    const bent = subjectBut(newer, { source: 'bent', name: '3.6.16@bent-x+go1.26.10' })
    expect(() => against(bent, cleanResults(['3.6.4', '3.5.35']))).toThrow(/with which of/)
    expect(against(bent, older).columns[0]?.notes[1]).toContain('different origin (bent against module)')
  })
})

describe('the baseline', () => {
  test.each([
    ['without a result', { ...older, results: [] }, /holds no result/],
    [
      'that says the same cell twice',
      { ...older, results: [...older.results, ...older.results] },
      /contradicts itself at security/,
    ],
    [
      'with a pass that nothing shows',
      but(older, { checks: [] }),
      /contradicts itself at security\/https\/verified/,
    ],
  ])('%s is refused', (_, broken, sentence) => {
    expect(() => against(newer, broken)).toThrow(sentence)
  })
  test('of another edition, or interrupted, is told', () => {
    const before = {
      ...older,
      tool: { name: 'etcd-tls', version: '0.0.9' },
      run: { ...older.run, interrupted: 'SIGINT' },
    }
    expect(against(newer, before).notes).toEqual([
      'the baseline was written by etcd-tls 0.0.9, this run by 0.1.0',
      'the run of the baseline was interrupted: SIGINT',
    ])
  })
})
