import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { loadResults } from '../../../reports/index.ts'
import { inputError } from '../../errors.ts'
import type { EarlierRun } from './reusable.ts'

/** Where runs are kept when nobody says where. */
const usualFolder = '.etcd-tls'

/** Bytes at the start of a file of results in which its run is named. */
const headBytes = 65_536

/**
 * The earlier runs of this harness: in the folder of runs that is usual, in another, in the folder of a run, or in a
 * file. Of others only the head is read: a file of results may be large.
 * @param path as the user wrote it; absent: the usual folder, which need not be there
 * @param note told of a file in a folder of runs that cannot be used
 * Errors: HarnessError `earlier-missing`, ReportError, both exit 2, where a path was named.
 */
export async function earlierRuns(
  path: string | undefined,
  harness: string,
  note: (text: string) => void,
): Promise<EarlierRun[]> {
  const folder = path ?? usualFolder
  if (path !== undefined) await checkEarlier(path)
  const found = await stat(folder).catch(() => undefined)
  if (found === undefined) return []
  if (!found.isDirectory()) return [await runIn(folder, folder.replace(/[^/\\]*$/, '') || '.')]
  if (await isFile(join(folder, 'results.json'))) return [await runIn(join(folder, 'results.json'), folder)]
  const runs: EarlierRun[] = []
  const entries = await readdir(folder, { withFileTypes: true })
  for (const name of entries.filter((one) => one.isDirectory()).map((one) => one.name)) {
    const file = join(folder, name, 'results.json')
    if (!(await isOf(file, harness))) continue
    const run = await runIn(file, join(folder, name)).catch((error: unknown) => {
      note(`--since-last-good: ${error instanceof Error ? error.message : String(error)}`)
    })
    if (run !== undefined) runs.push(run)
  }
  return runs
}

/** Errors (exit 2): HarnessError `earlier-missing`; ReportError where it is a file that holds no results. */
export async function checkEarlier(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined)
    throw inputError('earlier-missing', `--since-last-good ${path}: there is no such file or folder.`)
  if (!found.isDirectory()) await loadResults(path)
}

const runIn = async (file: string, folder: string): Promise<EarlierRun> => ({
  folder,
  results: await loadResults(file),
})

const isFile = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isFile() === true

/** Its run is named before its claims. */
async function isOf(file: string, harness: string): Promise<boolean> {
  const handle = await open(file).catch(() => undefined)
  if (handle === undefined) return false
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0)
    return buffer.toString('utf8', 0, bytesRead).includes(`"harness":"${harness}"`)
  } finally {
    await handle.close()
  }
}
