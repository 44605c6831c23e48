import { stat } from 'node:fs/promises'
import { join } from 'node:path'

/** A run's folder stands for the results in it. */
export async function resultsFile(path: string): Promise<string> {
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() === true
  return isFolder ? join(path, 'results.json') : path
}
