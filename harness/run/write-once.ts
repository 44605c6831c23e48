import { join } from 'node:path'
import { writeResults } from '../../reports/index.ts'
import type { Results } from '../../reports/schema.ts'
import { HarnessError } from '../errors.ts'

/**
 * Writes `results.json` into the run's folder. Errors: HarnessError `results-there` where somebody else has written one
 * since the run began, which stays as it is.
 */
export async function writeOnce(results: Results, out: string): Promise<void> {
  const file = join(out, 'results.json')
  await writeResults(results, file).catch((cause: unknown) => {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
    throw new HarnessError(
      'results-there',
      `${file} was written by somebody else while the run played, so its own results are not written; run again with a folder that is its alone.`,
      { cause },
    )
  })
}
