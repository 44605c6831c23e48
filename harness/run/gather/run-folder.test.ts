import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CellResult } from '../../../reports/schema.ts'
import { gatheredFile } from '../../gathered/write.ts'
import { RunFolder } from './run-folder.ts'
import { withEvidence } from './evidence-folder.ts'

let above = ''
let out = ''
beforeEach(async () => {
  above = await mkdtemp(join(tmpdir(), 'etcd-tls-test-'))
  out = join(above, 'out')
  await mkdir(out)
})
afterEach(() => rm(above, { recursive: true, force: true }))

/** A cell with its evidence, as a run writes it. */
async function played(name: string): Promise<CellResult> {
  const world = { members: [], certificates: [] }
  const told = { cell: name, subject: 's', verdict: 'pass', why: [], byHand: [], checks: [], world }
  const result = await withEvidence(out, told as unknown as CellResult)
  await writeFile(join(out, result.evidence ?? '', gatheredFile), '')
  return result
}
const gone = (what: string, cells: string) =>
  `out-lost: ${what} was taken away while the run wrote into it: the evidence of ${cells} cells is gone`

test('nothing is lost of a folder that was left alone', async () => {
  await using folder = await RunFolder.open(out)
  const none = { verdict: 'not-applicable' } as CellResult
  expect(await folder.lossOf([await played('a'), none])).toBeUndefined()
  await folder.demandSame()
})

test('one that was taken away and came again, as whoever writes makes it, is not the same', async () => {
  await using folder = await RunFolder.open(out)
  const a = await played('a')
  await rm(out, { recursive: true })
  const b = await played('b')
  expect(await folder.lossOf([a, b])).toBe(gone("the run's folder out", '1 of 2'))
  await expect(folder.demandSame()).rejects.toMatchObject({ code: 'out-lost', exit: 3 })
})

test('one that another was put in the place of is not the same, even where all is there', async () => {
  await using folder = await RunFolder.open(out)
  await rename(out, join(above, 'aside'))
  expect(await folder.lossOf([await played('a')])).toBe(gone("the run's folder out", '0 of 1'))
})

test('one that is gone is there again for the reports', async () => {
  await using folder = await RunFolder.open(out)
  await rm(out, { recursive: true })
  expect(await folder.lossOf([])).toBe(gone("the run's folder out", '0 of 0'))
  expect((await stat(out)).isDirectory()).toBe(true)
})

test('one that cannot be made again is told with its cause', async () => {
  await using folder = await RunFolder.open(out)
  await rm(out, { recursive: true })
  await writeFile(out, '')
  await expect(folder.lossOf([])).rejects.toMatchObject({ code: 'out-lost', cause: { code: 'EEXIST' } })
})

test.each([
  ['the evidence of a cell', ''],
  ['what the judge reads', gatheredFile],
  ['the verdict', 'verdict.json'],
])('%s that was taken out of it is missed', async (_, file) => {
  await using folder = await RunFolder.open(out)
  const [a, b] = [await played('a'), await played('b')]
  await rm(join(out, a.evidence ?? '', file), { recursive: true })
  expect(await folder.lossOf([a, b])).toBe(gone("something in the run's folder out", '1 of 2'))
  await folder.demandSame()
})
