import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BentModule, Edit } from '../../fixtures/bent.ts'
import { commandSources } from '../etcd/recipe.ts'

/** Where the sources of the program are that copies and bends; standard library only, so nothing is downloaded. */
export const bendSources = import.meta.dirname

/** Where one of our words for a module leads to in a release line. */
interface Place {
  /** Module path. */
  readonly module: string
  /** Folder within the module, with its slash. */
  readonly folder: string
}

/** Up to 3.4 all is one module, and what is `client/pkg` later is its folder `pkg`. */
function placeOf(module: BentModule, line: string): Place {
  const server = commandSources(line)[0]?.module ?? ''
  if (module === 'server') return { module: server, folder: '' }
  return line === '3.4'
    ? { module: server, folder: 'pkg/' }
    : { module: 'go.etcd.io/etcd/client/pkg/v3', folder: '' }
}

/** Edits by the module that they are in, their files as the module has them. */
export function editsByModule(edits: readonly Edit[], line: string): Map<string, Omit<Edit, 'module'>[]> {
  const placed = edits.map(({ module, ...edit }) => {
    const place = placeOf(module, line)
    return { path: place.module, edit: { ...edit, file: `${place.folder}${edit.file}` } }
  })
  const grouped = Map.groupBy(placed, ({ path }) => path)
  return new Map([...grouped].map(([path, all]) => [path, all.map(({ edit }) => edit)]))
}

/** Lines of go.mod that put folders in the place of modules (go.dev/ref/mod#go-mod-file-replace). */
export const replaceLines = (folders: ReadonlyMap<string, string>): string =>
  [...folders].map(([module, folder]) => `\nreplace ${module} => ${JSON.stringify(folder)}\n`).join('')

/** What the program is told (`plan.go`): folders to copy from and to, and what to change in the copy. */
export interface Plan {
  readonly modules: readonly {
    readonly from: string
    readonly to: string
    readonly edits: readonly Omit<Edit, 'module'>[]
  }[]
}

/** Hash over the program's sources and this file, which decide what an edit makes. */
export async function bendHash(): Promise<string> {
  const hash = createHash('sha256')
  const names = await readdir(bendSources)
  for (const name of names.filter((file) => /^go\.mod$|\.go$|^recipe\.ts$/.test(file)).toSorted())
    hash.update(`${name}\n`).update(await readFile(join(bendSources, name)))
  return hash.digest('hex')
}
