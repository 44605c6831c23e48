import { createReadStream } from 'node:fs'
import { mkdir, open, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Transform } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import { temporaryFolder } from '../engine/temporary.ts'
import { HarnessError } from '../errors.ts'
import { TarHeads } from './tar-heads.ts'
import { badBundle, checkBounds, checkPath, Names, openFolder, type Bundle } from './bundle.ts'

/**
 * A folder or a `.tgz` as a bundle. An archive is unpacked into a temporary folder, which goes with the bundle; only
 * plain files with plain paths are taken out of it. Errors: `bad-bundle` (exit 2), one sentence.
 */
export async function openBundle(path: string): Promise<Bundle> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) throw badBundle(path, 'there is nothing of that name')
  if (found.isDirectory()) return openFolder(path)
  if (!found.isFile() || !(await isGzip(path))) throw badBundle(path, 'it is no folder and no .tgz')
  const folder = await temporaryFolder('verify')
  try {
    await unpack(path, folder.path)
    const bundle = await openFolder(folder.path)
    return { ...bundle, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() }
  } catch (error) {
    await folder[Symbol.asyncDispose]()
    throw error instanceof HarnessError ? error : badBundle(path, 'it is no .tgz that can be unpacked', error)
  }
}

async function isGzip(path: string): Promise<boolean> {
  await using file = await open(path)
  const { buffer: head } = await file.read({ buffer: Buffer.alloc(2) })
  return head.equals(Buffer.from([0x1f, 0x8b]))
}

/** Bytes that may stand between two files: names that are too long for a head of their own. */
const slack = 1024 * 1024

async function unpack(archive: string, folder: string): Promise<void> {
  const tar = extract()
  const names = new Names(archive)
  let all = 0
  let granted = slack
  let passed = 0
  const heads = new TarHeads()
  const metered = new Transform({
    transform(chunk: Buffer, _, next) {
      passed += chunk.length
      const odd = heads.take(chunk)
      if (odd !== undefined) next(badBundle(archive, odd))
      else if (passed > granted) next(badBundle(archive, 'there is too much between its files'))
      else next(null, chunk)
    },
  })
  const fed = pipeline(createReadStream(archive), createGunzip(), metered, tar)
  await Promise.all([fed, takeOut()])

  async function takeOut(): Promise<void> {
    for await (const entry of tar) {
      const { name, type, size = 0, pax } = entry.header
      if (type !== 'file')
        throw badBundle(archive, `${JSON.stringify(name)} is a ${String(type)}, not a file`)
      checkPath(name, archive)
      if (Object.keys(pax ?? {}).some((key) => key !== 'path'))
        throw badBundle(archive, `${name} has more than a name and bytes in it`)
      all += size
      granted += size + slack
      // Before it is written: where the file system knows no case it would be written over the other one.
      checkBounds(archive, name, names.add(name), size, all)
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await writeFile(join(folder, name), await buffer(entry), { flag: 'wx' })
    }
  }
}
