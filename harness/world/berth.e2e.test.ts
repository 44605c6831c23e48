import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pack } from 'tar-stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { engineClient } from '../engine/client.ts'
import { makeRunId } from '../engine/run-id.ts'
import { sweep } from '../engine/sweep.ts'
import { actFor, temporaryFolder } from '../engine/temporary.ts'
import { testGround } from '../testing/ground.ts'
import { testInit } from '../testing/init.ts'
import type { Subject } from '../subject/subject.ts'
import { Berth } from './berth.ts'
import { restartContainer, startContainer, type ContainerSpec } from './container.ts'
import { inMemory } from './memory.ts'
import { mountFiles, mountPoint } from './mounts.ts'
import type { Ground } from './world.ts'

const runId = makeRunId()
let subject: Subject
let ground: Ground
let berth: Berth

beforeAll(async () => {
  actFor(runId)
  const made = await testGround(runId)
  subject = made.subject
  ground = made.ground
  const { network, addresses } = ground
  const place = {
    runId,
    network,
    address: addresses.next(),
    image: subject.reference,
    init: await testInit(),
  }
  berth = await Berth.open({ ...place, name: 'berth' })
})
afterAll(() => sweep({ run: runId }))

const data = `${inMemory}/data`
/** An etcd whose data lies in memory or on the disk. */
const etcd = (folder: string, more: Partial<ContainerSpec> = {}): ContainerSpec => ({
  ...{ name: 'etcd', image: subject.reference, runId, network: ground.network, within: berth },
  command: [subject.commands.etcd, `--data-dir=${folder}`],
  ...{ environment: {}, files: {}, tmpfs: [inMemory], sharesFolders: true },
  ...more,
})
const serves = ({ raw }: { raw: string }) => raw.includes('serving client traffic')
const started = async (spec: ContainerSpec) => {
  const process = await startContainer(spec)
  const { log, ended: signal } = process
  return { process, served: (await log.waitFor(serves, { limit: 10_000, signal })) !== undefined }
}
/** Whether etcd finds data of a member that was there before (server/storage/backend.go, `restarting local member`). */
const findsData = ({ log }: { log: { lines: readonly { raw: string }[] } }) =>
  log.lines.some(({ raw }) => raw.includes('restarting local member'))

test('the next process finds nothing of the last one, wherever that has written', async () => {
  for (const folder of [data, data, '/default.etcd', '/default.etcd']) {
    const { process, served } = await started(etcd(folder, { files: { '/etc/etcd-tls/a.pem': 'a' } }))
    expect([process.id, served, findsData(process)]).toEqual([berth.id, true, false])
    expect(await process.isSame()).toBe(true)
    await process.remove()
    expect([await process.isSame(), process.ended.aborted, await process.exited]).toEqual([false, true, 137])
  }
})

test('the next process finds nothing in the memory that all processes of a container share', async () => {
  const left = '/dev/shm/left'
  const { process, served } = await started(
    etcd(data, { command: [subject.commands.etcd, `--data-dir=${data}`, `--log-outputs=stderr,${left}`] }),
  )
  expect(served).toBe(true)
  await process.remove()
  const next = await startContainer(etcd(data, { command: [subject.commands.etcd, `--config-file=${left}`] }))
  const missed = ({ raw }: { raw: string }) => raw.includes('no such file or directory')
  expect(next.id).toBe(berth.id)
  expect(await next.log.waitFor(missed, { limit: 10_000, signal: next.ended })).toBeDefined()
  await next.remove()
})

test('a process that is started again has its data, and its log goes on', async () => {
  const { process } = await started(etcd(data))
  // Whoever is not the first process ends by the signal itself (pkg/osutil/interrupt_unix.go).
  const again = await restartContainer('etcd', process)
  expect(
    await again.log.waitFor(({ raw }) => raw.includes('restarting local member'), { limit: 10_000 }),
  ).toBeDefined()
  expect([again.id, again.log === process.log, await process.exited]).toEqual([berth.id, true, 143])
  const second = await startContainer(etcd('/other', { name: 'second' }))
  expect(second.id).not.toBe(berth.id)
  await second.remove()
  await again.remove()
})

test('what was overwritten by order is as it was, and exit and output are the process’s own', async () => {
  const hosts = { hosts: ['named.local:10.0.0.9'], tmpfs: [] }
  const config = { ...hosts, command: [subject.commands.etcd, '--config-file=/etc/hosts'] }
  const wrong = await startContainer(etcd(data, config))
  expect([wrong.id, await wrong.exited]).toEqual([berth.id, 1])
  expect(wrong.output.stderr).toContain('error')
  await wrong.remove()
  const next = await started(etcd(data))
  expect([next.process.id, next.served]).toEqual([berth.id, true])
  await next.process.remove()
})

test('a process that ends at once is told as started, then as ended, with all that it said', async () => {
  const short = etcd(data, { command: [subject.commands.etcd, '--version'], tmpfs: [] })
  const all = await Promise.all(Array.from({ length: 60 }, () => startContainer(short)))
  for (const process of all) {
    expect([process.id, await process.exited]).toEqual([berth.id, 0])
    expect(process.output.stdout).toContain(subject.etcd)
  }
})

test('files of this host that are mounted change under a process, and are gone for the next one', async () => {
  const config = `${mountPoint}/config.yaml`
  const named = (name: string) => ({ [config]: `name: ${name}\n` })
  for (const layout of ['plain', 'linked'] as const) {
    await using folder = await temporaryFolder('mounted', berth.folder)
    const mount = await mountFiles(named('first'), layout, folder.path)
    const command = [subject.commands.etcd, `--data-dir=${data}`, `--config-file=${config}`]
    const { process, served } = await started(etcd(data, { command, mounted: mount.folder }))
    expect([process.id, served]).toEqual([berth.id, true])
    await mount.rotate(layout === 'plain' ? 'rename' : 'symlink', named('second'))
    const second = await restartContainer('etcd', process)
    const seen = await second.log.waitFor(({ raw }) => raw.includes('"name":"second"'), { limit: 10_000 })
    expect(seen).toBeDefined()
    await second.remove()
    await mount.remove()
  }
  const command = [subject.commands.etcd, `--config-file=${config}`]
  const next = await startContainer(etcd(data, { command }))
  expect([next.id, await next.exited]).toEqual([berth.id, 1])
  await next.remove()
})

test('who ended keeps its files and data until it is left: it may be started again', async () => {
  const named = await startContainer(etcd(data, { command: [subject.commands.etcd, '--version'] }))
  await named.exited
  const beside = await started(etcd(data, { name: 'beside' }))
  expect(beside.process.id).not.toBe(berth.id)
  await beside.process.remove()
  await named.remove()
  const dying = await started(etcd(data))
  const gone = dying.process.remove()
  const early = await startContainer(etcd(data, { name: 'early' }))
  expect([dying.process.id, early.id === berth.id]).toEqual([berth.id, false])
  await Promise.all([gone, early.remove()])
  const after = await started(etcd(data))
  expect(after.process.id).toBe(berth.id)
  await after.process.remove()
})

test('what is mounted from elsewhere has a container of its own', async () => {
  const mount = await mountFiles({ [`${mountPoint}/a.pem`]: 'a' }, 'plain')
  const own = await startContainer(etcd(data, { name: 'own-mount', mounted: mount.folder }))
  expect(own.id).not.toBe(berth.id)
  await own.remove()
  await mount.remove()
})

test('a command that is not there is told, and the berth stands', async () => {
  await expect(startContainer(etcd(data, { command: ['/nowhere'] }))).rejects.toMatchObject({
    code: 'no-container',
    message: expect.stringContaining('/nowhere') as string,
  })
})

test('one whose init does not start is told with the engine’s words, and leaves nothing', async () => {
  await using folder = await temporaryFolder('init')
  const init = join(folder.path, 'init')
  await writeFile(init, 'not for running', { mode: 0o600 })
  const place = { runId, network: ground.network, address: ground.addresses.next(), image: subject.reference }
  const left = async () => {
    const docker = (await engineClient()).container.dockerode
    const all = await docker.listContainers({ all: true })
    return all.filter(({ Names }) => String(Names).includes(`${runId}-broken`))
  }
  await expect(Berth.open({ ...place, init, name: 'broken' })).rejects.toMatchObject({
    code: 'no-container',
    message: expect.stringContaining('permission denied') as string,
  })
  expect(await left()).toEqual([])
})

test('a file of the image that is not as it was is told, and the next process has a container of its own', async () => {
  const place = { runId, network: ground.network, address: ground.addresses.next(), image: subject.reference }
  const spoilt = await Berth.open({ ...place, init: await testInit(), name: 'spoilt' })
  const tar = pack()
  tar.entry({ name: subject.commands.etcd.slice(1), mode: 0o755 }, 'not etcd')
  tar.finalize()
  const docker = (await engineClient()).container.dockerode
  await docker.getContainer(spoilt.id).putArchive(Readable.from(tar), { path: '/' })
  const { process, served } = await started(etcd(data, { name: 'own', within: spoilt }))
  expect([process.id === spoilt.id, served]).toEqual([false, true])
})

test('with its container a process is lost, and everybody is told; its data goes, too', async () => {
  const { process } = await started(etcd(data))
  const docker = (await engineClient()).container.dockerode
  const { Mounts } = await docker.getContainer(berth.id).inspect()
  const { Name = '' } = Mounts.find(({ Destination }) => Destination === inMemory) ?? {}
  expect((await docker.getVolume(Name).inspect()).Options).toMatchObject({ type: 'ramfs' })
  await berth.remove()
  await expect(docker.getVolume(Name).inspect()).rejects.toMatchObject({ statusCode: 404 })
  await expect(process.exited).rejects.toMatchObject({ code: 'berth-lost' })
  expect([process.ended.aborted, await process.isSame(), berth.ended.aborted]).toEqual([true, false, true])
})
