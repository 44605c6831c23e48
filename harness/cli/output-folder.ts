import { mkdir, readdir, rmdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { HarnessError, inputError } from '../errors.ts'

/**
 * Makes the folder for what a command writes.
 * @returns the folders that were made for it, outermost first.
 * Errors: `out-not-empty`, `out-unusable` (exit 2) naming it.
 */
export async function emptyFolder(path: string): Promise<string[]> {
  const made = await makeFolder(path)
  const entries = await readdir(path).catch((cause: unknown) => Promise.reject(unusable(path, cause)))
  if (entries.length === 0) return made
  throw inputError('out-not-empty', `--out ${path} is not empty; name a new or an empty folder.`)
}

/**
 * The same for one command alone: another that finds the folder empty at the same moment is turned away, and one that
 * nobody can write into is told before anything is started. `inside` is the folder in it that is made for that.
 */
export async function takeFolder(path: string, inside: string): Promise<string[]> {
  const made = await emptyFolder(path)
  const first = join(path, inside)
  const isMine = await makeOne(first).catch((cause: unknown) => Promise.reject(unusable(path, cause)))
  if (!isMine)
    throw inputError(
      'out-not-empty',
      `--out ${path} was taken by another run; name a new or an empty folder.`,
    )
  return [...made, first]
}

/** Takes folders of `emptyFolder` away again, as far as nothing was written into them. */
export async function removeEmpty(made: readonly string[]): Promise<void> {
  for (const folder of made.toReversed()) await rmdir(folder).catch(ignore)
}

/** It holds something, or is gone: either way it is not ours to take. */
const ignore = (): void => undefined

/** Not Node's recursive mkdir: it never ends where a folder above is there and ENOENT comes all the same (/proc). */
async function makeFolder(path: string): Promise<string[]> {
  const missing: string[] = []
  try {
    let above = resolve(path)
    for (; !(await isThere(above)); above = dirname(above)) missing.unshift(above)
    if (!(await stat(above)).isDirectory())
      throw inputError('out-unusable', `--out ${path}: ${above} is a file; name a folder.`)
    const made: string[] = []
    for (const folder of missing) if (await makeOne(folder)) made.push(folder)
    return made
  } catch (cause) {
    throw cause instanceof HarnessError ? cause : unusable(path, cause)
  }
}

/** @returns false when someone else made it meanwhile. */
async function makeOne(folder: string): Promise<boolean> {
  try {
    await mkdir(folder)
    return true
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
    return false
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    // ENOTDIR: something above it is a file, which is told when the walk comes to it.
    if (!['ENOENT', 'ENOTDIR'].includes(codeOf(error))) throw error
    return false
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? ''

function unusable(path: string, cause: unknown): HarnessError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return inputError('out-unusable', `--out ${path} cannot be used as a folder: ${why}`, cause)
}
