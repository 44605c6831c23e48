import { existsSync, statSync, writeFileSync } from 'node:fs'
import { mkdtemp, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { parseRunId } from './run-id.ts'
import { sweepFolders } from './sweep.ts'
import { actFor, temporaryFolder } from './temporary.ts'

/** An id of this host whose process cannot live: pids end at 2^22 (proc(5)). */
const deadRun = (id: string): string => id.replace(/-\d+-(\d+)-([0-9a-f]{4})$/, '-99999999-$1-$2')
const runIn = (path: string): string => /^etcd-tls-(.*)-keys-[^-]*$/.exec(basename(path))?.[1] ?? ''

test('a folder is its owner’s, bears a run’s id, and goes with all that is in it', async () => {
  let path: string
  {
    await using folder = await temporaryFolder('keys')
    path = folder.path
    expect(parseRunId(runIn(path))?.pid).toBe(process.pid)
    expect(statSync(path).mode & 0o777).toBe(0o700)
    writeFileSync(join(path, 'client.key'), 'secret')
  }
  expect(existsSync(path)).toBe(false)
})

test('it goes when the work fails', async () => {
  const paths: string[] = []
  const work = async (): Promise<void> => {
    await using folder = await temporaryFolder('keys')
    paths.push(folder.path)
    throw new Error('no')
  }
  await expect(work()).rejects.toThrow('no')
  expect(paths.map((path) => existsSync(path))).toEqual([false])
})

test('the sweep takes the folder of a killed run, and no other', async () => {
  await using mine = await temporaryFolder('keys')
  const dead = deadRun(runIn(mine.path))
  actFor(dead)
  const { path } = await temporaryFolder('keys')
  const strange = await mkdtemp(join(tmpdir(), 'etcd-tls-keys-'))
  await sweepFolders('dead')
  expect([path, mine.path, strange].map((one) => existsSync(one))).toEqual([false, true, true])
  await sweepFolders({ run: runIn(mine.path) })
  expect(existsSync(mine.path)).toBe(false)
  await rmdir(strange)
})

test('without a temporary folder it is told what to do, and there is nothing to sweep', async () => {
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = '/nonexistent'
  try {
    await expect(temporaryFolder('keys')).rejects.toMatchObject({
      code: 'no-temporary-folder',
      exit: 2,
      message: expect.stringMatching(/\/nonexistent \(ENOENT\); point TMPDIR/) as string,
    })
    expect(await sweepFolders('dead')).toEqual([])
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
})
