import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { inputError } from '../../errors.ts'
import { readElf } from '../elf.ts'
import { findKept, importCommands, recipeHash, type ImageFile } from '../kept-image.ts'
import { printable } from '../../printable.ts'
import type { Road } from '../road.ts'

/**
 * A vendor's binary in an empty image; an etcdctl beside it comes along. Whether it is etcd, the binary itself
 * says when it is described.
 * Errors (exit 2): `no-file`, `not-a-program`, `not-static`, `other-architecture`; those of `importCommands`.
 */
export const binaryRoad: Road<'binary'> = async ({ asked, path }, surroundings) => {
  const { arch, onProgress } = surroundings
  const refusal = await whyNot(path, arch)
  if (refusal !== undefined)
    throw inputError(refusal.code, `--etcd ${printable(asked, 120)}: ${refusal.text}`)
  const files: ImageFile[] = [{ name: 'etcd', path }]
  const beside = join(dirname(path), 'etcdctl')
  const besideRefusal = await whyNot(beside, arch)
  if (besideRefusal === undefined) files.push({ name: 'etcdctl', path: beside })
  else if (besideRefusal.code !== 'no-file')
    onProgress(`${asked}: etcdctl stays behind: ${besideRefusal.text}`)
  const sums = await Promise.all(files.map((file) => sha256(file.path)))
  const sum = sums.join('-')
  const keeping = { subject: `binary:${sum}`, recipe: recipeHash(sum), tag: `binary-${sum.slice(0, 16)}` }
  const kept = await findKept(surroundings, keeping)
  const reference = kept ?? (await importCommands(files, keeping, surroundings))
  return { source: 'binary', reference, expects: {}, fresh: kept === undefined }
}

interface Refusal {
  readonly code: string
  readonly text: string
}

/** Why a file cannot be a subject; undefined when it can. */
async function whyNot(path: string, arch: string): Promise<Refusal | undefined> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory() === true)
    return { code: 'no-file', text: 'it is a folder; name the etcd binary in it.' }
  if (found?.isFile() !== true)
    return { code: 'no-file', text: 'there is no such file; give the path of an etcd binary.' }
  const head = await readHead(path).catch(() => undefined)
  if (head === undefined) return { code: 'no-file', text: 'the file cannot be read; check its permissions.' }
  const elf = readElf(head)
  if (elf === undefined)
    return {
      code: 'not-a-program',
      text: 'that is no 64-bit Linux program (ELF); give the path of an etcd binary.',
    }
  if (!elf.static)
    return {
      code: 'not-static',
      text: 'the binary is not static; build it with CGO_ENABLED=0, or test an image that has its libraries (image:REF).',
    }
  if (elf.arch !== arch)
    return {
      code: 'other-architecture',
      text: `the binary is for ${elf.arch}, the engine runs ${arch}; give one for ${arch}.`,
    }
  return undefined
}

/** Program headers stand at the front of what linkers write. */
async function readHead(path: string): Promise<Buffer> {
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(65_536) })
  return buffer.subarray(0, bytesRead)
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
