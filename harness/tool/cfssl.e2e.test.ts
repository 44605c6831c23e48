import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { cfsslTools } from './cfssl.ts'
import { removeTools } from './kept-tool.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'etcd-tls-tools-'))
  vi.stubEnv('XDG_STATE_HOME', folder)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

test('says that Go is missing, leaves nothing, and does better when there is one', async () => {
  vi.stubEnv('PATH', folder)
  await expect(cfsslTools()).rejects.toMatchObject({
    code: 'no-cfssl',
    message: expect.stringContaining('needs Go 1.21 or newer') as string,
  })
  expect(await readdir(join(folder, 'etcd-tls/tools'))).toEqual([])
  vi.unstubAllEnvs()
  vi.stubEnv('XDG_STATE_HOME', folder)
  const { cfssl } = await cfsslTools()
  expect((await execa(cfssl, ['version'])).stdout).toMatch(/^Version: /)
  expect(await removeTools()).toEqual([expect.stringMatching(/^cfssl-1\.6\.5-/)])
  expect(await removeTools()).toEqual([])
})
