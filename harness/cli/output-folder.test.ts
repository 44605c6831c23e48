import { mkdir, mkdtempDisposable, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { emptyFolder, takeFolder, removeEmpty } from './output-folder.ts'

const scratch = () => mkdtempDisposable(join(tmpdir(), 'etcd-tls-test-out-'))

test('a folder is made with those above it, and an empty one is taken', async () => {
  await using folder = await scratch()
  const path = join(folder.path, 'a', 'b')
  await emptyFolder(path)
  await emptyFolder(path)
  expect(await readdir(path)).toEqual([])
})

test('a folder with something in it, and a file, are refused by name', async () => {
  await using folder = await scratch()
  const file = join(folder.path, 'file')
  await writeFile(file, '')
  await expect(emptyFolder(folder.path)).rejects.toMatchObject({ code: 'out-not-empty', exit: 2 })
  const message = expect.stringContaining(`${file} is a file; name a folder`) as string
  await expect(emptyFolder(file)).rejects.toMatchObject({ code: 'out-unusable', exit: 2, message })
  await expect(emptyFolder(join(file, 'x', 'y'))).rejects.toMatchObject({ code: 'out-unusable', message })
})

test('of two that want an empty folder at the same moment one has it', async () => {
  await using folder = await scratch()
  const both = await Promise.allSettled([1, 2].map(() => takeFolder(folder.path, 'evidence')))
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'out-not-empty', exit: 2 },
  })
  await removeEmpty([join(folder.path, 'evidence')])
  expect(await readdir(folder.path)).toEqual([])
})

// There mkdir says ENOENT although the parent is there, and Node's recursive one asks for ever (24.21).
test.runIf(process.platform === 'linux')('a file system that makes no folders is refused', async () => {
  await expect(emptyFolder('/proc/etcd-tls/out')).rejects.toMatchObject({ code: 'out-unusable', exit: 2 })
})

test('folders that were made for nothing go again, and no other', async () => {
  await using folder = await scratch()
  const there = join(folder.path, 'there')
  await mkdir(there)
  const made = await emptyFolder(join(there, 'a', 'b'))
  expect(made).toEqual([join(there, 'a'), join(there, 'a', 'b')])
  await removeEmpty(made)
  await removeEmpty(await emptyFolder(there))
  expect(await readdir(folder.path, { recursive: true })).toEqual(['there'])

  const kept = await emptyFolder(join(there, 'c', 'd'))
  await writeFile(join(there, 'c', 'mine'), '')
  await removeEmpty(kept)
  expect(await readdir(there, { recursive: true })).toEqual(['c', join('c', 'mine')])
})
