import { readdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { extract, pack } from 'tar-stream'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { temporaryFolder } from '../engine/temporary.ts'
import { newestStable } from '../../fixtures/releases.ts'
import { engineClient, runLabel } from '../engine/client.ts'
import { keptImages, removeKeptImages } from '../engine/kept-images.ts'
import { makeRunId } from '../engine/run-id.ts'
import { describeSubject } from './describe.ts'
import { importCommands } from './kept-image.ts'
import { prepareSubject, prepareSubjects } from './prepare.ts'
import type { Surroundings } from './road.ts'
import { releaseRoadFrom } from './roads/release.ts'
import type { Subject } from './subject.ts'
import { serveImage } from './testing/registry.ts'

/** Minutes: the first test builds etcd where it is not kept yet. */
const patient = 20 * 60_000
const { version } = newestStable()
const runId = makeRunId()
const progress: string[] = []
let surroundings: Surroundings
let subject: Subject

const preparing = {
  runId,
  signal: new AbortController().signal,
  onProgress: (text: string) => void progress.push(text),
  measureTls: () => Promise.resolve(['1.2', '1.3'] as const),
}

beforeAll(async () => {
  const engine = await engineClient()
  const { Arch: arch } = await engine.container.dockerode.version()
  surroundings = { engine, arch, ...preparing }
  subject = await prepareSubject(version, preparing)
}, patient)

afterEach(async () => {
  const filters = { label: [`${runLabel}=${runId}`] }
  const containers = await surroundings.engine.container.dockerode.listContainers({ all: true, filters })
  expect(containers).toEqual([])
  expect((await readdir(tmpdir())).filter((name) => name.includes(runId))).toEqual([])
})

const remove = (reference: string) => surroundings.engine.container.dockerode.getImage(reference).remove()

/** The server command of the default subject. */
async function etcdOf({ reference, commands }: Subject): Promise<Buffer> {
  const container = await surroundings.engine.container.create({
    Image: reference,
    Labels: { [runLabel]: runId },
  })
  try {
    const files = extract()
    const archive = await container.getArchive({ path: commands.etcd })
    archive.pipe(files)
    for await (const entry of files) return await buffer(entry)
    throw new Error('an empty archive')
  } finally {
    await container.remove({ force: true })
  }
}

test('a release is resolved to what the build says of itself', () => {
  expect(subject).toMatchObject({ asked: version, etcd: version, tls: ['1.2', '1.3'] })
  expect(['official', 'module']).toContain(subject.source)
  expect(subject.name).toBe(`${version}@${subject.source}+go${subject.go}`)
  expect(subject.image).toMatch(/sha256:[0-9a-f]{64}$/)
  expect(subject.flags).toEqual(
    expect.arrayContaining(['tls-min-version', 'host-whitelist', 'peer-cert-allowed-cn']),
  )
  expect(subject.commands.etcdctl).toBeDefined()
})

test('the second time nothing is built, and the same build is one subject', async () => {
  progress.length = 0
  const image = `image:${subject.reference}`
  const subjects = await prepareSubjects([version, version, image], preparing)
  expect(progress.filter((text) => text.includes('building'))).toEqual([])
  expect(subjects.map(({ name }) => name)).toEqual([subject.name, `${version}@image+go${subject.go}`])
  expect(subjects[0]?.image).toBe(subject.image)
})

test("a vendor's binary is described, with the etcdctl that is beside it and without one that is not static", async () => {
  await using folder = await temporaryFolder('test')
  const path = join(folder.path, 'etcd')
  await writeFile(path, await etcdOf(subject))
  await writeFile(join(folder.path, 'etcdctl'), '#!/bin/sh\n')
  progress.length = 0
  const binary = await prepareSubject(`file:${path}`, preparing)
  await remove(binary.reference)
  expect(binary.name).toBe(`${version}@binary+go${subject.go}`)
  expect(binary.flags).toEqual(subject.flags)
  expect(binary.commands.etcdctl).toBeUndefined()
  expect(progress.join('\n')).toContain('etcdctl stays behind')
})

test('a registry that answers is taken before the module, and its digest is remembered', async () => {
  const layer = pack()
  layer.entry({ name: 'usr/local/bin/etcd', mode: 0o755 }, await etcdOf(subject))
  layer.finalize()
  await using registry = await serveImage('etcd', `v${version}`, surroundings.arch, await buffer(layer))
  const road = releaseRoadFrom([`${await deadHost()}/etcd`, `${registry.host}/etcd`])
  const arrived = await road({ road: 'release', asked: version, version }, surroundings)
  const described = await describeSubject(version, arrived, surroundings)
  await remove(arrived.reference)
  expect(described).toMatchObject({ source: 'official', name: `${version}@official+go${subject.go}` })
  expect(described.image).toMatch(new RegExp(`^${registry.host}/etcd@sha256:[0-9a-f]{64}$`))
  expect(registry.asked).toContain(`GET /v2/`)
})

test(
  'a registry without the release leads to the module, and says so',
  async () => {
    await using registry = await serveImage('etcd', 'v0.0.1', surroundings.arch, Buffer.alloc(1024))
    progress.length = 0
    const road = releaseRoadFrom([`${registry.host}/etcd`])
    const arrived = await road({ road: 'release', asked: version, version }, surroundings)
    expect(arrived.source).toBe('module')
    expect(progress.join('\n')).toContain('the registries have no image of it')
  },
  patient,
)

test('kept subjects are listed and removed, but not from under a container', async () => {
  await using folder = await temporaryFolder('test')
  const path = join(folder.path, 'any')
  await writeFile(path, 'any')
  const keeping = { subject: `test:${runId}`, recipe: 'none', tag: `test-${runId}` }
  const reference = await importCommands([{ name: 'etcd', path }], keeping, surroundings)
  const kept = async () => (await keptImages()).filter(({ name }) => name === keeping.subject)
  const mine = await kept()
  const { Id: id } = await surroundings.engine.container.dockerode.getImage(reference).inspect()
  expect(mine.map((image) => image.id)).toEqual([id])
  const container = await surroundings.engine.container.create({
    Image: reference,
    Labels: { [runLabel]: runId },
  })
  expect(await removeKeptImages(mine)).toEqual({ removed: [], inUse: mine })
  await container.remove()
  expect(await removeKeptImages(mine)).toEqual({ removed: mine, inUse: [] })
  expect(await kept()).toEqual([])
})

/** A loopback port that nothing listens on: it was taken and given back. */
async function deadHost(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return `127.0.0.1:${String(port)}`
}
