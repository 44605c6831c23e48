import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { defaultSubject } from '../subject/parse.ts'
import { prepareSubject } from '../subject/prepare.ts'
import type { Subject } from '../subject/subject.ts'
import { engineClient, runLabel } from './client.ts'
import { makeRunId } from './run-id.ts'
import { sweep } from './sweep.ts'

const script = fileURLToPath(new URL('testing/busy-run.ts', import.meta.url))
let subject: Subject
beforeAll(async () => {
  const { signal } = new AbortController()
  const quiet = { signal, runId: makeRunId(), onProgress: () => undefined, measureTls: async () => [] }
  subject = await prepareSubject(defaultSubject(), quiet)
})

const children: ChildProcess[] = []
const ids: string[] = []

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const run of ids.splice(0)) await sweep({ run })
})

/** Starts a run that keeps its things busy, and waits for its id. */
async function busyRun(): Promise<{ id: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [script, subject.reference, subject.commands.etcd], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const id = line.toString().trim()
  ids.push(id)
  return { id, child }
}

/** What a run has: running containers, networks, temporary folders. */
async function count(id: string): Promise<[number, number, number]> {
  const docker = (await engineClient()).container.dockerode
  const filters = { label: [`${runLabel}=${id}`] }
  const containers = await docker.listContainers({ all: true, filters })
  const networks = await docker.listNetworks({ filters })
  const folders = (await readdir(tmpdir())).filter((name) => name.startsWith(`etcd-tls-${id}-`))
  return [containers.filter(({ State }) => State === 'running').length, networks.length, folders.length]
}

test('a volume whose container was taken away without it goes with its run, and no other does', async () => {
  const docker = (await engineClient()).container.dockerode
  const [id, another] = [makeRunId(), makeRunId()]
  ids.push(id, another)
  for (const run of [id, another])
    await docker.createVolume({ Name: `etcd-tls-${run}-data`, Labels: { [runLabel]: run } })
  const [own, other] = [id, another].map((run) => docker.getVolume(`etcd-tls-${run}-data`))
  await sweep({ run: id })
  await expect(own?.inspect()).rejects.toMatchObject({ statusCode: 404 })
  expect((await other?.inspect())?.Labels).toEqual({ [runLabel]: another })
})

test('what a killed run left goes, and a living neighbour keeps its own', async () => {
  const [killed, neighbour] = [await busyRun(), await busyRun()]
  await sweep('dead')
  expect([await count(killed.id), await count(neighbour.id)]).toEqual([
    [2, 1, 1],
    [2, 1, 1],
  ])

  killed.child.kill('SIGKILL')
  await once(killed.child, 'exit')
  expect(await count(killed.id)).toEqual([2, 1, 1])

  const swept = await sweep('dead')
  expect(swept.containers).toEqual(
    expect.arrayContaining([`etcd-tls-${killed.id}-a`, `etcd-tls-${killed.id}-b`]),
  )
  expect([await count(killed.id), await count(neighbour.id)]).toEqual([
    [0, 0, 0],
    [2, 1, 1],
  ])
})
