import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pack } from 'tar-stream'
import { temporaryFolder } from '../engine/temporary.ts'

/** How files come into a container: with it, or into it before it starts. */
export interface Delivery {
  /** Read-only bind mounts. */
  readonly binds: readonly string[]
  /** What is unpacked at the container's root. */
  readonly archive?: Readable
  /** Takes away what lies on this host. */
  remove(): Promise<void>
}

/**
 * Files of a container, owner root, mode 0600. Mounted one by one where the engine shares this host's folders: to
 * unpack an archive it starts a process of its own for each container.
 * @param files path in the container → text
 */
export async function deliver(
  files: Readonly<Record<string, string>>,
  sharesFolders: boolean,
): Promise<Delivery> {
  const all = Object.entries(files)
  if (all.length === 0) return { binds: [], remove: () => Promise.resolve() }
  if (!sharesFolders) return { binds: [], archive: archive(all), remove: () => Promise.resolve() }
  const folder = await temporaryFolder('files')
  try {
    const binds = await Promise.all(
      all.map(async ([path, text], n) => {
        const source = join(folder.path, String(n))
        await writeFile(source, text, { mode: 0o600 })
        return `${source}:${path}:ro`
      }),
    )
    return { binds, remove: async () => folder[Symbol.asyncDispose]() }
  } catch (error) {
    await folder[Symbol.asyncDispose]()
    throw error
  }
}

function archive(files: readonly (readonly [path: string, text: string])[]): Readable {
  const tar = pack()
  for (const [path, text] of files) tar.entry({ name: path.replace(/^\//, ''), mode: 0o600 }, text)
  tar.finalize()
  return Readable.from(tar)
}
