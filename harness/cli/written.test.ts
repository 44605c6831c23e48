import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../engine/temporary.ts'
import { written } from './written.ts'

test('what a run wrote is told by the page to open and the names beside it', async () => {
  await using folder = await temporaryFolder('test')
  const out = join(folder.path, '.etcd-tls', '1')
  await mkdir(join(out, 'allure-results'), { recursive: true })
  for (const name of ['results.json', 'report.html', 'report.md', 'junit.xml', 'other'])
    await writeFile(join(out, name), '')
  const beside = 'in the same folder: report.md junit.xml results.json allure-results/'
  expect(written(out, folder.path)).toEqual(['Open .etcd-tls/1/report.html', beside])
  expect(written(out, out)).toEqual(['Open report.html', beside])
  expect(written(out, join(folder.path, 'elsewhere'))[0]).toBe(`Open ${join(out, 'report.html')}`)
  await mkdir(join(out, 'evidence'))
  expect(written(out, folder.path)[1]).toBe(`${beside} evidence/`)
})
