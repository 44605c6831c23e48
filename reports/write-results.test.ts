import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sampleResults } from './testing/sample-results.ts'
import { writeResults } from './write-results.ts'

test.each([
  ['cells', sampleResults()],
  ['no cell', { ...sampleResults(), results: [] }],
])('results with %s are read back as they were, a line for each', async (_, results) => {
  const folder = await mkdtemp(join(tmpdir(), 'etcd-tls-results-'))
  try {
    const file = join(folder, 'results.json')
    await writeResults(results, file)
    const text = await readFile(file, 'utf8')
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(results)))
    expect(text.trim().split('\n')).toHaveLength(results.results.length + 3)
    await expect(writeResults(results, file)).rejects.toMatchObject({ code: 'EEXIST' })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
