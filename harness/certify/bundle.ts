import { lstat, readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { inputError, type HarnessError } from '../errors.ts'

/** A bundle somewhere: its files by path, each read when it is asked for. */
export interface Bundle extends AsyncDisposable {
  /** Paths with `/`, sorted. */
  readonly paths: readonly string[]
  read(path: string): Promise<Buffer>
}

/** Bounds against a bundle that is none: files, bytes of one, bytes of all. */
export const bounds = { files: 200_000, file: 512 * 1024 * 1024, all: 4 * 1024 * 1024 * 1024 }

/** A path of a bundle: names joined by `/`, none of them `.` or `..`, nothing that any file system reads otherwise. */
export const isPlainPath = (path: string): boolean =>
  path.length <= 1000 &&
  path.split('/').every((name) => /^[\w@+=,.-]{1,240}$/.test(name) && !/^\.\.?$/.test(name))

export const badBundle = (where: string, what: string, cause?: unknown): HarnessError =>
  inputError('bad-bundle', `${where} is no bundle that can be read: ${what}.`, cause)

/**
 * A folder as a bundle. Errors: `bad-bundle` (exit 2): a link or anything else that is no plain file, an odd name, or
 * more than the bounds allow.
 */
export async function openFolder(folder: string): Promise<Bundle> {
  const paths: string[] = []
  const names = new Names(folder)
  let all = 0
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name)
    const path = relative(folder, file).replaceAll(sep, '/')
    if (entry.isDirectory()) continue
    const { size } = await lstat(file)
    if (!entry.isFile()) throw badBundle(folder, `${JSON.stringify(path)} is no plain file`)
    all += size
    checkPath(path, folder)
    checkBounds(folder, path, names.add(path), size, all)
    paths.push(path)
  }
  return {
    paths: paths.sort(),
    read: (path) => readFile(join(folder, path)),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}

export function checkPath(path: string, where: string): void {
  if (!isPlainPath(path))
    throw badBundle(where, `${JSON.stringify(path.slice(0, 200))} is no path of a bundle`)
}

/** The names of a bundle, as they come. Errors: `bad-bundle` for one that is another's on some file systems. */
export class Names {
  readonly #where: string
  readonly #seen = new Map<string, string>()

  constructor(where: string) {
    this.#where = where
  }

  /** @returns how many there are by now. */
  add(path: string): number {
    const other = this.#seen.get(path.toLowerCase())
    if (other !== undefined)
      throw badBundle(this.#where, `${path} and ${other} differ in the case of letters only, or not at all`)
    return this.#seen.set(path.toLowerCase(), path).size
  }
}

export function checkBounds(where: string, path: string, count: number, size: number, all: number): void {
  if (count > bounds.files) throw badBundle(where, `it has more than ${String(bounds.files)} files`)
  if (size > bounds.file) throw badBundle(where, `${path} has more than ${String(bounds.file)} bytes`)
  if (all > bounds.all) throw badBundle(where, `it has more than ${String(bounds.all)} bytes, unpacked`)
}
