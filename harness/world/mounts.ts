import { readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { temporaryFolder } from '../engine/temporary.ts'
import { HarnessError } from '../errors.ts'
import { layOutLinked, overwriteInPlace, replaceByRename, swapLinked } from './mount-rotate.ts'

/** Folder in a member's container that its files lie in. */
export const mountPoint = '/etc/etcd-tls'

/** `plain`: each file is one. `linked`: as the kubelet lays out a secret. */
export type Layout = 'plain' | 'linked'

/** A folder of this host that a container has, read-only. */
export interface MountedFolder {
  /** Path on this host. */
  readonly source: string
  /** Path in the container. */
  readonly target: string
}

/** A member's files in a folder of this host that its container has mounted. */
export interface MountedFiles {
  /** What the container has of this host. */
  readonly folder: MountedFolder
  /** Path on this host of a file, by its path in the container. Errors: HarnessError `not-mounted`. */
  hostPath(path: string): string
  /**
   * Writes files anew, by their path in the container.
   * Errors: HarnessError `other-layout` where the folder is laid out for another way; `not-mounted`.
   */
  rotate(how: 'in-place' | 'rename' | 'symlink', files: Readonly<Record<string, string>>): Promise<void>
  /** Gives every file that differs the text it had at first. */
  restore(): Promise<void>
  /** Takes the folder away. */
  remove(): Promise<void>
}

/**
 * Lays out files in a new folder that only its owner reads; the sweep of killed runs finds it.
 * @param files path in the container, all directly in `mountPoint` → text
 * @param within folder of this host that the new one is to lie in; default the temporary folder
 */
export async function mountFiles(
  files: Readonly<Record<string, string>>,
  layout: Layout,
  within?: string,
): Promise<MountedFiles> {
  const folder = await temporaryFolder('mounted', within)
  const texts = Object.fromEntries(Object.entries(files).map(([path, text]) => [nameOf(path), text]))
  try {
    await layOut(folder.path, layout, texts)
  } catch (error) {
    await folder[Symbol.asyncDispose]()
    throw error
  }
  return {
    folder: { source: folder.path, target: mountPoint },
    hostPath: (path) => onHost(folder.path, texts, path),
    rotate: async (how, changed) => {
      demandLayout(layout, how)
      const hosts = Object.entries(changed).map(
        ([path, text]) => [onHost(folder.path, texts, path), text] as const,
      )
      await write(folder.path, how, hosts)
    },
    restore: () => restore(folder.path, layout, texts),
    remove: async () => folder[Symbol.asyncDispose](),
  }
}

function nameOf(path: string): string {
  if (path === `${mountPoint}/${basename(path)}`) return basename(path)
  throw new HarnessError('not-mounted', `${path} does not lie in ${mountPoint}.`)
}

function onHost(folder: string, texts: Readonly<Record<string, string>>, path: string): string {
  const name = nameOf(path)
  if (name in texts) return join(folder, name)
  throw new HarnessError('not-mounted', `${path} is no file that the member was started with.`)
}

function demandLayout(layout: Layout, how: string): void {
  if ((how === 'symlink') === (layout === 'linked')) return
  const wanted = how === 'symlink' ? 'linked' : 'mounted'
  throw new HarnessError('other-layout', `Rotation ${how} needs a world with \`files: '${wanted}'\`.`, {
    exit: 2,
  })
}

async function layOut(
  folder: string,
  layout: Layout,
  texts: Readonly<Record<string, string>>,
): Promise<void> {
  if (layout === 'linked') return layOutLinked(folder, texts)
  for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, name), text, { mode: 0o600 })
}

type Hosted = readonly (readonly [path: string, text: string])[]

async function write(folder: string, how: string, files: Hosted): Promise<void> {
  if (how === 'symlink')
    return swapLinked(folder, Object.fromEntries(files.map(([path, text]) => [basename(path), text])))
  const one = how === 'rename' ? replaceByRename : overwriteInPlace
  for (const [path, text] of files) await one(path, text)
}

async function restore(
  folder: string,
  layout: Layout,
  texts: Readonly<Record<string, string>>,
): Promise<void> {
  const stale: Hosted = (
    await Promise.all(
      Object.entries(texts).map(async ([name, text]) => {
        const now = await readFile(join(folder, name), 'utf8').catch(() => undefined)
        return now === text ? [] : [[join(folder, name), text] as const]
      }),
    )
  ).flat()
  if (stale.length > 0) await write(folder, layout === 'linked' ? 'symlink' : 'rename', stale)
}
