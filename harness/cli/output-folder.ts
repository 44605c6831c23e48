import { mkdir, readdir } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { inputError } from '../errors.ts'

/** Makes the folder for what a command writes. Errors: `out-not-empty`, `out-unusable` (exit 2) naming it. */
export async function emptyFolder(path: string): Promise<void> {
  const entries = await makeAndList(path)
  if (entries.length > 0)
    throw inputError('out-not-empty', `--out ${path} is not empty; name a new or an empty folder.`)
}

async function makeAndList(path: string): Promise<string[]> {
  try {
    await makeFolder(resolve(path))
    return await readdir(path)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw inputError('out-unusable', `--out ${path} cannot be used as a folder: ${why}`, cause)
  }
}

/** Not Node's recursive mkdir: it never ends where a folder above is there and ENOENT comes all the same (/proc). */
async function makeFolder(path: string): Promise<void> {
  const missing = await mkdir(path).then(() => undefined, unlessThere)
  if (missing === undefined) return
  if (dirname(path) === path) throw missing
  await makeFolder(dirname(path))
  await mkdir(path).catch((error: unknown) => {
    if (unlessThere(error) !== undefined) throw error
  })
}

/** A missing folder above is given back, one that is there already is no error. Errors: every other. */
function unlessThere(error: unknown): Error | undefined {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT') return error as Error
  if (code === 'EEXIST') return undefined
  throw error
}
