import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sampleResults } from '../../reports/testing/sample-results.ts'
import { temporaryFolder } from '../engine/temporary.ts'
import { writeOnce } from './write-once.ts'

test('a file of results that came while the run played is told, and stays as it is', async () => {
  await using folder = await temporaryFolder('results')
  const file = join(folder.path, 'results.json')
  await writeFile(file, 'theirs')
  await expect(writeOnce(sampleResults(), folder.path)).rejects.toMatchObject({
    code: 'results-there',
    exit: 3,
    message: expect.stringContaining(`${file} was written by somebody else`) as string,
  })
  expect(await readFile(file, 'utf8')).toBe('theirs')
})
