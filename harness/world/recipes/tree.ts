import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Names of the files in a folder, in order. */
export async function filesUnder(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort()
}

/** A folder as the command `tree` (2.x) prints it; in `root`. */
export async function treeOf(root: string, folder: string): Promise<string> {
  const count = { folders: 0, files: 0 }
  const branches = async (path: string, before: string): Promise<string[]> => {
    const entries = (await readdir(path, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))
    const lines: string[] = []
    for (const [n, entry] of entries.entries()) {
      const last = n === entries.length - 1
      lines.push(`${before}${last ? '└── ' : '├── '}${entry.name}`)
      if (!entry.isDirectory()) count.files++
      else {
        count.folders++
        lines.push(...(await branches(join(path, entry.name), before + (last ? '    ' : '│   '))))
      }
    }
    return lines
  }
  const lines = await branches(join(root, folder), '')
  const sums = `${String(count.folders)} directories, ${String(count.files)} files`
  return [`${folder}/`, ...lines, '', sums].join('\n')
}
