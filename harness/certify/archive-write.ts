import { createReadStream, createWriteStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { pack, type Pack } from 'tar-stream'

/** Milliseconds since the epoch: no time is part of a bundle, so that equal bundles are equal archives. */
const never = new Date(0)

/** Packs a bundle's folder into one `.tgz`; the same files give the same bytes. Errors: those of the file system. */
export async function writeArchive(folder: string, archive: string): Promise<void> {
  const tar = pack()
  const written = pipeline(tar, createGzip({ level: 9 }), createWriteStream(archive, { flags: 'wx' }))
  await Promise.all([written, fill(tar, folder)])
}

async function fill(tar: Pack, folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
  for (const name of paths.sort()) {
    const { size } = await stat(join(folder, name))
    await pipeline(createReadStream(join(folder, name)), tar.entry({ name, size, mode: 0o644, mtime: never }))
  }
  tar.finalize()
}
