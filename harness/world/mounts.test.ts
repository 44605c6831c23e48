import { lstat, readdir, readFile, readlink, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { mountFiles, mountPoint, type Layout, type MountedFiles } from './mounts.ts'

const certificate = `${mountPoint}/cert-file.pem`
const key = `${mountPoint}/key-file.pem`
let made: MountedFiles | undefined
afterEach(() => made?.remove())

async function mounted(layout: Layout): Promise<MountedFiles> {
  await made?.remove()
  made = await mountFiles({ [certificate]: 'a longer certificate', [key]: 'a key' }, layout)
  return made
}
const inode = async (path: string) => (await stat(path)).ino
const text = (mount: MountedFiles, path: string) => readFile(mount.hostPath(path), 'utf8')

test('keys lie where only their owner reads them', async () => {
  for (const layout of ['plain', 'linked'] as const) {
    const mount = await mounted(layout)
    const folder = dirname(mount.hostPath(key))
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    expect((await stat(mount.hostPath(key))).mode & 0o777).toBe(0o600)
    expect(mount.folder).toEqual({ source: folder, target: mountPoint })
    expect(await text(mount, key)).toBe('a key')
  }
})

test('in place the file is the same and only its text another, be it shorter', async () => {
  const mount = await mounted('plain')
  const before = await inode(mount.hostPath(certificate))
  await mount.rotate('in-place', { [certificate]: 'short' })
  expect(await inode(mount.hostPath(certificate))).toBe(before)
  expect(await text(mount, certificate)).toBe('short')
  expect(await text(mount, key)).toBe('a key')
})

test('by rename the name belongs to another file', async () => {
  const mount = await mounted('plain')
  const before = await inode(mount.hostPath(certificate))
  await mount.rotate('rename', { [certificate]: 'new' })
  expect(await inode(mount.hostPath(certificate))).not.toBe(before)
  expect((await lstat(mount.hostPath(certificate))).isFile()).toBe(true)
  expect(await text(mount, certificate)).toBe('new')
  expect(await readdir(dirname(mount.hostPath(key)))).toEqual(['cert-file.pem', 'key-file.pem'])
})

test('linked files go through ..data, which is swapped; the links with their names stay', async () => {
  const mount = await mounted('linked')
  const folder = dirname(mount.hostPath(key))
  const [link, first] = [await readlink(mount.hostPath(certificate)), await readlink(join(folder, '..data'))]
  expect(link).toBe('..data/cert-file.pem')
  const named = (await lstat(mount.hostPath(certificate))).ino
  await mount.rotate('symlink', { [certificate]: 'new' })
  const second = await readlink(join(folder, '..data'))
  expect(second).not.toBe(first)
  expect((await lstat(mount.hostPath(certificate))).ino).toBe(named)
  expect([await text(mount, certificate), await text(mount, key)]).toEqual(['new', 'a key'])
  expect((await readdir(folder)).sort()).toEqual([second, '..data', 'cert-file.pem', 'key-file.pem'].sort())
})

test('everything is as at first after a restore, and goes with the folder', async () => {
  for (const [layout, how] of [
    ['plain', 'rename'],
    ['plain', 'in-place'],
    ['linked', 'symlink'],
  ] as const) {
    const mount = await mounted(layout)
    await mount.rotate(how, { [certificate]: 'new', [key]: 'new, too' })
    await mount.restore()
    expect([await text(mount, certificate), await text(mount, key)]).toEqual([
      'a longer certificate',
      'a key',
    ])
    const untouched = await inode(mount.hostPath(key))
    await mount.restore()
    expect(await inode(mount.hostPath(key))).toBe(untouched)
    await mount.remove()
    await expect(stat(mount.hostPath(key))).rejects.toThrow('ENOENT')
  }
})

test('a rotation that the layout cannot make, and files that are not there, are errors', async () => {
  const plain = await mounted('plain')
  await expect(plain.rotate('symlink', { [key]: 'new' })).rejects.toThrow(
    "needs a world with `files: 'linked'`",
  )
  await expect(plain.rotate('rename', { [`${mountPoint}/other.pem`]: '' })).rejects.toThrow('no file that')
  await expect(plain.rotate('rename', { '/etc/passwd': '' })).rejects.toThrow('does not lie in')
  const linked = await mounted('linked')
  for (const how of ['in-place', 'rename'] as const)
    await expect(linked.rotate(how, { [key]: 'new' })).rejects.toThrow(
      "needs a world with `files: 'mounted'`",
    )
})
