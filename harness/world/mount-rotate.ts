import {
  mkdir,
  open,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { HarnessError } from '../errors.ts'

/** Ways to change files under a running process. Keys are among them: nobody else reads what is written here. */
const mode = 0o600

/** Overwrites the same file. Errors: HarnessError `not-in-place` when it is another one afterwards. */
export async function overwriteInPlace(path: string, text: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    const { ino } = await file.stat()
    await file.truncate(0)
    await file.write(text, 0)
    if ((await stat(path)).ino !== ino)
      throw new HarnessError(
        'not-in-place',
        `${basename(path)} became another file while it was overwritten.`,
      )
  } finally {
    await file.close()
  }
}

/** Writes a new file beside the old one and gives it the old one's name (rename(2): no moment without a file). */
export async function replaceByRename(path: string, text: string): Promise<void> {
  const fresh = join(dirname(path), `.${basename(path)}.new`)
  await writeFile(fresh, text, { mode })
  await rename(fresh, path)
}

/** The link that all files of a linked folder go through. */
export const dataLink = '..data'
let swaps = 0

/**
 * Lays out files as the kubelet lays out a secret: a folder `..<time>` with all of them, `..data` pointing to it, and
 * a link per name that goes through `..data`.
 */
export async function layOutLinked(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  await swapLinked(folder, files)
  for (const name of Object.keys(files)) await symlink(join(dataLink, name), join(folder, name))
}

/**
 * Changes some files of a linked folder at once, as the kubelet does: a new folder with all files, a new link to it
 * renamed over `..data`, and the old folder goes. The links with the files' names stay as they are.
 */
export async function swapLinked(folder: string, changed: Readonly<Record<string, string>>): Promise<void> {
  const old = await readlink(join(folder, dataLink)).catch(() => undefined)
  const files = { ...(old === undefined ? {} : await textsIn(join(folder, old))), ...changed }
  const fresh = `..${new Date().toISOString().replaceAll(/[-:.]/g, '_')}.${String(swaps++)}`
  await mkdir(join(folder, fresh), { mode: 0o700 })
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, fresh, name), text, { mode })
  await symlink(fresh, join(folder, `${dataLink}_tmp`))
  await rename(join(folder, `${dataLink}_tmp`), join(folder, dataLink))
  if (old !== undefined) await rm(join(folder, old), { recursive: true })
}

async function textsIn(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder)
  const texts = await Promise.all(
    names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')]),
  )
  return Object.fromEntries(texts) as Record<string, string>
}
