import { readdir, readlink, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test, vi } from 'vitest'
import { engineClient, runLabel } from '../../engine/client.ts'
import { keptImages } from '../../engine/kept-images.ts'
import { makeRunId } from '../../engine/run-id.ts'
import type { Surroundings } from '../road.ts'
import { moduleRoad } from './module.ts'

let base: Omit<Surroundings, 'runId' | 'signal'>

beforeAll(async () => {
  const engine = await engineClient()
  const { Arch: arch } = await engine.container.dockerode.version()
  base = { engine, arch, onProgress: () => undefined }
})

const foldersOf = async (runId: string): Promise<string[]> =>
  (await readdir(tmpdir())).filter((name) => name.includes(runId)).map((name) => join(tmpdir(), name))

/** Processes that work in a folder; Linux only. */
async function processesIn(folder: string): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const folders = await Promise.all(ids.map((id) => readlink(`/proc/${id}/cwd`).catch(() => '')))
  return ids.filter((_, index) => folders[index]?.startsWith(folder))
}

test.runIf(process.platform === 'linux')('an interrupt in the middle of a build leaves nothing', async () => {
  const runId = makeRunId()
  const abort = new AbortController()
  const surroundings = { ...base, runId, signal: abort.signal }
  // 3.7.2 with the Go of 3.7.3: nobody keeps it, and its toolchain is there already.
  const asked = { road: 'module', asked: '3.7.2+go1.26.10', version: '3.7.2', go: '1.26.10' } as const
  const road = moduleRoad(asked, surroundings)
  const ended = expect(road).rejects.toThrow('interrupted')
  const compiles = async () => {
    const [folder = ''] = await foldersOf(runId)
    await stat(join(folder, 'etcd', 'go.mod'))
    expect(await processesIn(join(folder, 'etcd'))).not.toEqual([])
    return folder
  }
  const folder = await vi.waitFor(compiles, { timeout: 120_000, interval: 20 })
  abort.abort(new Error('interrupted'))
  await ended
  expect(await foldersOf(runId)).toEqual([])
  await vi.waitFor(async () => expect(await processesIn(folder)).toEqual([]), { timeout: 5000 })
  expect((await keptImages()).map(({ name }) => name)).not.toContain('3.7.2@module+go1.26.10')
})

/** The settings that Go wrote into the program, as `go version -m` shows them. */
async function defaultGodebug(reference: string): Promise<string> {
  const labels = { [runLabel]: makeRunId() }
  const container = await base.engine.container.create({ Image: reference, Labels: labels })
  try {
    let tail = ''
    for await (const chunk of await container.getArchive({ path: '/usr/local/bin/etcd' })) {
      const text = tail + (chunk as Buffer).toString('latin1')
      const found = /build\tDefaultGODEBUG=(\S+)\n/.exec(text)?.[1]
      if (found !== undefined) return found
      tail = text.slice(-8192)
    }
    return ''
  } finally {
    await container.remove({ force: true })
  }
}

test("Go's defaults are those of etcd's own go line, not of the compiler", async () => {
  const surroundings = { ...base, runId: makeRunId(), signal: new AbortController().signal }
  const build = (version: string, go: string) =>
    moduleRoad({ road: 'module', asked: `${version}+go${go}`, version, go }, surroundings)
  // go 1.19 in its go.mod: 3DES and RSA key exchange are offered, as Go 1.20 did (go.dev/doc/godebug).
  const old = await defaultGodebug((await build('3.5.8', '1.26.10')).reference)
  expect(old.split(',')).toEqual(expect.arrayContaining(['tls3des=1', 'tlsrsakex=1', 'tls10server=1']))
  // go 1.26.0 in its go.mod and go1.26.10: nothing differs from the compiler's own.
  expect(await defaultGodebug((await build('3.7.3', '1.26.10')).reference)).toBe('')
})
