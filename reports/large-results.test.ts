import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { html } from './html/index.ts'
import { loadResults } from './load.ts'
import { mergeResults } from './merge.ts'
import { hostile } from './testing/sample-parts.ts'
import { sampleResults } from './testing/sample-results.ts'
import { writeResults } from './write-results.ts'

let folder = ''
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'etcd-tls-large-'))))
afterAll(() => rm(folder, { recursive: true }))
/** As a file that is too large to be read as one text. */
const load = (file: string) => loadResults(file, 0)
async function stored(text: string): Promise<string> {
  const file = join(folder, `${String(Math.random())}.json`)
  await writeFile(file, text)
  return file
}
const sample = sampleResults()
const getters = (value: object) =>
  Object.values(Object.getOwnPropertyDescriptors(value)).filter(({ get }) => get !== undefined).length

describe('a results file that is read cell by cell', () => {
  test('says the same as one that is read at once, however it is laid out', async () => {
    const written = join(folder, 'written.json')
    await writeResults(sample, written)
    const texts = [JSON.stringify(sample), JSON.stringify(sample, null, '\t')]
    for (const file of [written, ...(await Promise.all(texts.map(stored)))]) {
      const loaded = await load(file)
      expect(loaded).toEqual(sample)
      expect(html(loaded)).toBe(html(sample))
    }
  })

  test('names of fields and brackets in texts are only text', async () => {
    const evil = `"results": [ ] } ${hostile.xml} \\" {`
    const odd = { ...sample, run: { ...sample.run, command: ['results', evil] } }
    const results = odd.results.map((one) => ({ ...one, seen: evil }))
    expect(await load(await stored(JSON.stringify({ ...odd, results })))).toEqual({ ...odd, results })
  })

  test('a second list of results, its name spelt otherwise, is not passed over', async () => {
    const bad = JSON.stringify(sample.results.slice(0, 1))
    const text = JSON.stringify({ ...sample, results: [] }).replace(/}$/, `,"re\\u0073ults":${bad}}`)
    expect(JSON.parse(text)).toMatchObject({ results: sample.results.slice(0, 1) })
    await expect(load(await stored(text))).rejects.toThrow(/it has two lists of results/)
  })

  test('evidence stays in the file, through a merge as well', async () => {
    const file = await stored(JSON.stringify(sample))
    const loaded = await load(file)
    const merged = mergeResults([{ results: loaded, from: file, evidenceBase: '../other' }])
    expect(loaded.results.map(getters)).toEqual(merged.results.map(getters))
    expect(Math.max(...loaded.results.map(getters))).toBeGreaterThan(3)
    const place = loaded.results.findIndex(({ evidence }) => evidence !== undefined)
    if (place >= 0) expect(merged.results[place]?.evidence).toMatch(/^\.\.\/other\//)
    expect(merged.results[0]?.probe).toEqual(sample.results[0]?.probe)
  })

  const cell = JSON.stringify(sample.results[0])
  test.each([
    [`{"results": [${cell}${cell}]}`, 'is not JSON: a comma is missing between two results'],
    [`{"results": [${cell},]}`, 'is not JSON: a result is missing after the last comma'],
    [`{"results": [,${cell}]}`, 'is not JSON: a result is missing or no object'],
    ['{"results": [1]}', 'is not JSON: a result is missing or no object'],
    ['{"results": ["a"]}', 'is not JSON: a result is a text'],
    ['{"results": [', 'is not JSON'],
    ['{"results": []} x', 'is not JSON'],
    ['{"results": []}', 'holds no results of etcd-tls'],
    ['', 'is not JSON'],
  ])('%.20s… %s', async (text, expected) => {
    await expect(load(await stored(text))).rejects.toThrow(expected)
  })

  test('a field that is wrong is named with the place of its cell', async () => {
    const results = sample.results.map((one, n) => (n === 3 ? { ...one, verdict: 'good' } : one))
    await expect(load(await stored(JSON.stringify({ ...sample, results })))).rejects.toThrow(
      /is not valid: field results\[3\]\.verdict/,
    )
  })
})
