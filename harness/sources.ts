import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'

/** What acts and judges. Reports only tell of results: a lint rule keeps the harness from knowing more than their schema. */
const acting = ['harness', 'fixtures', 'suites', 'docker']

/** Tests, and what only they use, decide no verdict. @param path within the root */
const isSource = (path: string): boolean => !/\.test\.[cm]?[jt]s$|(^|\/)testing\//.test(path)

/**
 * SHA-256, hexadecimal, of the sources under a root: their paths and every byte of them, not a version that somebody
 * forgot to raise.
 * @param root the checkout, or what of a package runs
 * @param folders of the root; default those that act and judge
 */
export async function sourcesOf(root: string, folders: readonly string[] = acting): Promise<string> {
  const files = (await Promise.all(folders.map((folder) => filesIn(join(root, folder))))).flat()
  const paths = files.map((file) => relative(root, file))
  const digest = createHash('sha256')
  for (const path of paths.filter(isSource).toSorted()) {
    const content = createHash('sha256')
      .update(await readFile(join(root, path)))
      .digest('hex')
    digest.update(`${path}\0${content}\n`)
  }
  return digest.digest('hex')
}

async function filesIn(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return found.filter((one) => one.isFile()).map(({ parentPath, name }) => join(parentPath, name))
}
