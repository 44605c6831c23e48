import { mkdir, readdir } from 'node:fs/promises'
import { inputError } from '../errors.ts'

/** Makes the folder for what a command writes. Errors: `out-not-empty`, `out-unusable` (exit 2) naming it. */
export async function emptyFolder(path: string): Promise<void> {
  const entries = await makeAndList(path)
  if (entries.length > 0)
    throw inputError('out-not-empty', `--out ${path} is not empty; name a new or an empty folder.`)
}

async function makeAndList(path: string): Promise<string[]> {
  try {
    await mkdir(path, { recursive: true })
    return await readdir(path)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw inputError('out-unusable', `--out ${path} cannot be used as a folder: ${why}`, cause)
  }
}
