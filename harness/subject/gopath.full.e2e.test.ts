import { readdir, readlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { engineClient } from '../engine/client.ts'
import { keptImages, removeKeptImages } from '../engine/kept-images.ts'
import { makeRunId } from '../engine/run-id.ts'
import { sweep } from '../engine/sweep.ts'
import { createNetwork } from '../world/network.ts'
import { measureTls } from './measure-tls.ts'
import { prepareSubject, surroundingsOf } from './prepare.ts'
import { moduleRoad } from './roads/module.ts'

/** A release that no set holds, so that nobody keeps it but this test, which takes it away again. */
const version = '3.2.26'
const name = `${version}@module+go1.8.7`
const runId = makeRunId()

const kept = async () => (await keptImages()).filter((image) => image.name === name)

afterAll(async () => {
  await removeKeptImages(await kept())
  await sweep({ run: runId })
})

const foldersOf = async (): Promise<string[]> =>
  (await readdir(tmpdir())).filter((one) => one.includes(runId)).map((one) => join(tmpdir(), one))

/** Processes that work in a folder; Linux only. */
async function processesIn(folder: string): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((one) => /^\d+$/.test(one))
  const folders = await Promise.all(ids.map((id) => readlink(`/proc/${id}/cwd`).catch(() => '')))
  return ids.filter((_, index) => folders[index]?.startsWith(folder))
}

test.runIf(process.platform === 'linux')(
  'an interrupt in the middle of such a build leaves nothing',
  async () => {
    await removeKeptImages(await kept())
    const abort = new AbortController()
    const surroundings = await surroundingsOf({ runId, signal: abort.signal, onProgress: () => undefined })
    const road = moduleRoad({ road: 'module', asked: version, version }, surroundings)
    const ended = expect(road).rejects.toThrow('interrupted')
    const compiles = async () => {
      const [folder = ''] = await foldersOf()
      expect(await processesIn(join(folder, 'gopath'))).not.toEqual([])
      return folder
    }
    const folder = await vi.waitFor(compiles, { timeout: 120_000, interval: 20 })
    abort.abort(new Error('interrupted'))
    await ended
    expect(await foldersOf()).toEqual([])
    await vi.waitFor(async () => expect(await processesIn(folder)).toEqual([]), { timeout: 5000 })
    expect(await kept()).toEqual([])
  },
)

test('a release from before Go modules is built from nothing, says what it is, and serves', async () => {
  await removeKeptImages(await kept())
  const network = await createNetwork(runId)
  const progress: string[] = []
  const subject = await prepareSubject(`module:${version}`, {
    runId,
    signal: new AbortController().signal,
    onProgress: (text) => void progress.push(text),
    measureTls: (described) => measureTls(described, { runId, network }),
  })
  expect(progress[0]).toBe(`module:${version}: building from its module with go1.8.7`)
  expect(subject).toMatchObject({ name, etcd: version, go: '1.8.7', source: 'module', tls: ['1.2'] })
  expect(subject.commands).toEqual({ etcd: '/usr/local/bin/etcd', etcdctl: '/usr/local/bin/etcdctl' })
  // 3.2.22 brought the one; the other came with 3.3.0.
  expect(subject.flags).toContain('cipher-suites')
  expect(subject.flags).not.toContain('peer-cert-allowed-cn')
  const [image, ...more] = await kept()
  expect(more).toEqual([])
  const docker = (await engineClient()).container.dockerode
  expect((await docker.getImage(image?.id ?? '').inspect()).Size).toBeLessThan(40e6)
}, 600_000)
