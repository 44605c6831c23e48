import { describe, expect, test } from 'vitest'
import { conclude } from './conclusion.ts'
import { junit } from './junit.ts'
import { markdown } from './markdown.ts'
import { mergeResults } from './merge.ts'
import type { Demands } from './merge-shards.ts'
import { Results } from './schema.ts'
import { cleanResults } from './testing/sample-results.ts'
import { shardsOfRun } from './testing/sample-shards.ts'
import { gapsOf } from './verdicts.ts'

const whole = cleanResults(['3.6.16'])
const name = whole.subjects[0]?.name ?? ''
const [first, second, third] = shardsOfRun(whole, 3) as [Results, Results, Results]
const nth = (results: Results, of: number, index: number, only?: string[]): Results => {
  const shard = shardsOfRun(results, of, only)[index - 1]
  if (shard === undefined) throw new TypeError('there is no such shard')
  return shard
}
const merge = (shards: readonly Results[], demands?: Demands) =>
  mergeResults(
    shards.map((results, n) => ({ results, from: `${String(n + 1)}.json` })),
    demands,
  )

test('all shards, in any order, are the run as it would have been', () => {
  for (const shards of [
    [first, second, third],
    [third, first, second],
  ]) {
    const merged = merge(shards)
    expect(merged.results).toEqual(whole.results)
    expect(merged.claims).toEqual(whole.claims)
    expect(merged.sections).toEqual(whole.sections)
    expect([merged.shard, merged.missing]).toEqual([undefined, undefined])
    expect(conclude(merged)).toEqual(conclude(whole))
  }
})

test('a shard alone speaks for itself only, and its schema is the published one', () => {
  expect(conclude(first)).toMatchObject({ exit: 0, reasons: [expect.stringMatching(/^shard 1 of 3: /)] })
  expect(Results.safeParse(first).success).toBe(true)
})

describe('a missing shard', () => {
  const merged = merge([first, third])
  const lost = second.shard?.cells[1] ?? []

  test('makes its cells inconclusive, each of them and no other', () => {
    const unsure = merged.results.filter(({ verdict }) => verdict === 'inconclusive')
    expect(unsure.map(({ cell }) => cell).toSorted()).toEqual(lost.toSorted())
    expect(unsure.every(({ why }) => why.join() === `shard-missing: shard 2 of 3 on ${name}`)).toBe(true)
    expect(merged.results).toHaveLength(whole.results.length)
    expect(gapsOf(merged)).toEqual([])
  })

  test('is named, and is exit 3, in every report', () => {
    const sentence = `shard 2 of 3 on ${name} is missing (${String(lost.length)} cells)`
    expect(merged.missing).toEqual([sentence])
    expect(conclude(merged)).toMatchObject({
      exit: 3,
      reasons: expect.arrayContaining([sentence]) as string[],
    })
    expect(junit(merged)).toContain('the run is complete')
    expect(markdown(merged)).toContain('**Exit 3**: shard 2 of 3')
  })

  test('stays missing when the merge is merged again', () => {
    const other = cleanResults(['3.5.35'])
    const again = merge([merged, other])
    expect(again.missing).toEqual(merged.missing)
    expect(conclude(again).exit).toBe(3)
    expect(conclude(merge([merged])).exit).toBe(3)
  })

  test('of one build is not made up for by that of another', () => {
    const others = shardsOfRun(cleanResults(['3.5.35']), 3)
    const both = merge([first, second, third, ...others.slice(0, 2)])
    expect(both.missing).toEqual([expect.stringMatching(/^shard 3 of 3 on 3\.5\.35@/)])
    expect(both.results).toHaveLength(2 * whole.results.length)
    expect(conclude(merge([first, second, third, ...others])).exit).toBe(0)
  })

  test('and all but one are named one by one', () => {
    expect(merge([third]).missing).toHaveLength(2)
  })
})

test('a file without results is named, even where no shard is missing', () => {
  const merged = merge([first, second, third], { lost: [{ from: 'x', why: 'it is cut off' }] })
  expect(merged.missing).toEqual(['x holds no results: it is cut off, so its run was killed or never began'])
  expect(conclude(merged).exit).toBe(3)
})

test('a build of which nothing came is named, be there shards or not', () => {
  for (const given of [[first, second, third], [whole]]) {
    expect(merge(given, { builds: ['3.6.16'] }).missing).toBeUndefined()
    const merged = merge(given, { builds: ['3.6.16', '3.5.35'] })
    expect(merged.missing).toEqual(['there is no result of --etcd 3.5.35'])
    expect(conclude(merged).exit).toBe(3)
  }
})

test('what a shard did not come to is missing in the whole', () => {
  const [{ cell = '' } = {}] = second.results
  const merged = merge([first, { ...second, results: second.results.slice(1) }, third])
  expect(gapsOf(merged)).toEqual([{ what: 'missing', cell, subject: name }])
  expect(conclude(merged).exit).toBe(3)
})

describe('a shard without cells', () => {
  const many = shardsOfRun(whole, 200)
  const idle = { ...nth(whole, 200, 200), subjects: [] }

  test('has done all it had to', () => {
    expect(conclude(idle)).toEqual({ exit: 0, reasons: ['shard 200 of 200 has no cells'] })
    expect(junit(idle)).not.toContain('the run is complete')
  })
  test('is not missed', () => {
    const full = many.filter(({ claims }) => claims.length > 0)
    expect(merge(full)).toMatchObject({ results: whole.results })
    expect(conclude(merge([...full, idle])).exit).toBe(0)
  })
  test('is no excuse for one that was to have some', () => {
    expect(conclude({ ...first, claims: [], results: [] }).exit).toBe(3)
    expect(conclude({ ...idle, run: { ...idle.run, interrupted: 'SIGTERM' } }).exit).toBe(3)
  })
})

/** The file, with something in what it says of itself as a shard edited. */
const change = (results: Results, shard: object): Results =>
  ({ ...results, shard: { ...results.shard, ...shard } }) as Results

describe('refused with exit 2 and a sentence:', () => {
  const newer = { ...whole, tool: { name: 'etcd-tls', version: '9.9.9' } }
  const otherClaims = { ...whole, claims: whole.claims.slice(1) }
  const rebuilt = { ...third, subjects: third.subjects.map((one) => ({ ...one, image: 'sha256:other' })) }
  test.each<[string, Results[], RegExp]>([
    ['a shard twice', [first, second, second], /^2\.json and 3\.json are both shard 2 of 3 on 3\.6\.16@/],
    ['another number of shards', [first, nth(whole, 4, 2)], /shard 1 of 3 and shard 2 of 4;/],
    [
      'another filter',
      [first, nth(whole, 3, 2, ['security/*', 'x'])],
      /no shards of one run: they are of all cells and of --only security\/\* --only x;/,
    ],
    [
      'another catalogue',
      [first, nth(otherClaims, 3, 2)],
      /they are parts of different catalogues of claims;/,
    ],
    ['another edition of the tool', [first, nth(newer, 3, 2)], /was written by etcd-tls 0\.1\.0 /],
    [
      'another image of the same name',
      [first, second, rebuilt],
      /^The subject 3\.6\.16@.* cannot be merged: /,
    ],
    [
      'one that says it is the only one',
      [change(first, { index: 1, of: 1 })],
      /^1\.json says that it is shard 1 of 1, but its cells are divided into 3 parts: the file was changed/,
    ],
    [
      'one that leaves the cells of the others out, too',
      [change(first, { of: 1, cells: [first.shard?.cells[0]] })],
      /the cells of its parts are not those of its claims/,
    ],
    [
      'one that leaves the claims of the others out, too',
      [change(first, { of: 1, cells: [first.shard?.cells[0]], claims: first.claims })],
      /its catalogue has another digest/,
    ],
    [
      'one that says it is another',
      [change(first, { index: 2 })],
      /it has results of cells that are not its own/,
    ],
    ['one beyond the last', [change(first, { index: 4 })], /shard 4 of 3, but its cells are divided into 3/],
  ])('%s', (_, given, sentence) => {
    expect(() => merge(given)).toThrow(
      expect.objectContaining({ exit: 2, message: expect.stringMatching(sentence) as string }) as Error,
    )
  })
})
