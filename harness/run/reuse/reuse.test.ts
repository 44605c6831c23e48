import { rename, writeFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseResults, type CellResult, type Results } from '../../../reports/index.ts'
import { miniProfile } from '../../certify/testing/mini.ts'
import { cellsOf, Copy } from '../../certify/testing/stored.ts'
import { temporaryFolder, type TemporaryFolder } from '../../engine/temporary.ts'
import type { Subject } from '../../subject/subject.ts'
import { LastGood } from './reusable.ts'
import { Reuse } from './reuse.ts'

/** A real run: results and evidence of the stored bundle. */
let copy: Copy
let out: TemporaryFolder
beforeEach(async () => {
  copy = await Copy.unpack()
  out = await temporaryFolder('reuse')
})
afterEach(async () => {
  await copy[Symbol.asyncDispose]()
  await out[Symbol.asyncDispose]()
})

const expired = 'security/basic-setup/client-cert-auth-demands-a-certificate:certificate=expired,tls=1.3'

/** Which cells are not played again: those that apply. */
async function reused(change: (results: Results) => Results = (results) => results): Promise<string[]> {
  const text = (await copy.read('results.json')).toString()
  const results = change(parseResults(text, 'results.json'))
  const run = { folder: copy.folder.path, results: { ...results, run: { ...results.run, harness: 'h' } } }
  const { cells } = await miniProfile()
  const subjects = results.subjects as Subject[]
  const reuse = await Reuse.of(cells, subjects, new LastGood([run], 'h'), {
    out: out.path,
    again: () => false,
  })
  return reuse.results.filter((one) => one.reused !== undefined).map(({ cell }) => cell)
}
const changed = (change: (one: CellResult) => Partial<CellResult>): ((results: Results) => Results) =>
  cellsOf((one) => (one.cell === expired ? { ...one, ...change(one) } : one))

test('what was good is not played again', async () => {
  const all = await reused()
  expect(all).toHaveLength(7)
  expect(all).toContain(expired)
})

describe('a cell is played again', () => {
  test.each<[string, (one: CellResult) => Partial<CellResult>]>([
    ['what was seen', () => ({ seen: 'all is well' })],
    ['its checks', ({ checks }) => ({ checks: checks.slice(1) })],
    ['where its evidence is', () => ({ evidence: '..' })],
    ['whose evidence it is', () => ({ reused: { run: 'elsewhere', started: '' } })],
  ])('whose results say otherwise than its evidence: %s', async (_, change) => {
    expect(await reused(changed(change))).not.toContain(expired)
  })

  test('whose evidence says that it failed, although the results say that it passed', async () => {
    // The alert is gone: what is left is a handshake that ended.
    await copy.gathered('certificate=expired', (text) => {
      expect(text).toMatch(/"alert":/)
      return text.replaceAll(/"alert":\{[^}]*\},/g, '')
    })
    expect(await reused()).not.toContain(expired)
  })

  test('whose evidence is half written', async () => {
    const file = `${await copy.evidenceOf('certificate=expired')}/gathered.json.gz`
    await writeFile(copy.path(file), (await copy.read(file)).subarray(0, 2000))
    expect(await reused()).not.toContain(expired)
  })

  test('whose evidence is that of another', async () => {
    const [one, other] = [
      await copy.evidenceOf('certificate=expired'),
      await copy.evidenceOf('certificate=self-signed'),
    ]
    await copy.remove(one)
    await rename(copy.path(other), copy.path(one))
    expect(await reused()).not.toContain(expired)
  })
})
