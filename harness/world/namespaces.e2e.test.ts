import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { engineClient, runLabel } from '../engine/client.ts'
import { makeRunId } from '../engine/run-id.ts'
import { sharesFolders } from '../engine/shared-folders.ts'
import { sweep } from '../engine/sweep.ts'
import { actFor } from '../engine/temporary.ts'
import { observe } from '../probe/observe.ts'
import { certificateOf, cluster, http, keyOf } from '../scenario/index.ts'
import type { Subject } from '../subject/subject.ts'
import { testGround } from '../testing/ground.ts'
import { testInit } from '../testing/init.ts'
import { Namespaces } from './namespaces.ts'
import { World, type Ground } from './world.ts'

const runId = makeRunId()
let subject: Subject
let ground: Ground

beforeAll(async () => {
  actFor(runId)
  const made = await testGround(runId)
  subject = made.subject
  ground = {
    ...made.ground,
    namespaces: new Namespaces({ ...made.ground, init: await testInit() }),
    sharesFolders: true,
  }
})
afterAll(() => sweep({ run: runId }))

const server = { cn: 'etcd', hosts: ['m.local', '10.138.0.2'] }
const secured = cluster({
  members: {
    m: {
      at: '10.138.0.2',
      host: 'm.local',
      client: 'https',
      options: {
        'cert-file': certificateOf(server),
        'key-file': keyOf(server),
      },
    },
  },
  hosts: { 'm.local': '@m' },
})
const containers = async () => {
  const docker = (await engineClient()).container.dockerode
  return docker.listContainers({ all: true, filters: { label: [`${runLabel}=${runId}`] } })
}
const mounted = async () => (await readdir(tmpdir())).filter((name) => name.includes(`${runId}-files`))

test('this engine shares the folders of this host, and the question leaves nothing', async () => {
  expect(await sharesFolders(subject.reference, runId)).toBe(true)
  expect(await containers()).toEqual([])
})

test('the second world at an address finds its namespace held, with files and a hosts file of its own', async () => {
  const holders: (string | undefined)[] = []
  for (const name of ['first.local', 'second.local']) {
    await using world = await World.start(
      subject,
      { ...secured, hosts: { 'm.local': '@m', [name]: '@m' } },
      ground,
    )
    expect(world.startOf('m').process).toMatchObject({ ready: true })
    expect((await observe(http({ to: 'm', scheme: 'https', path: '/version' }), world)).http?.status).toBe(
      200,
    )
    expect(await mounted()).toEqual([])
    const held = (await containers()).filter(({ Names }) => Names.some((one) => one.includes('-held-')))
    holders.push(...held.map(({ Id }) => Id))
  }
  expect(holders).toHaveLength(2)
  expect(holders[0]).toBe(holders[1])
  expect(await containers()).toHaveLength(1)
  expect(await mounted()).toEqual([])
})

test('commands beside it take five addresses in turn, whose namespaces stay', async () => {
  const etcdctl = subject.commands.etcdctl ?? ''
  await using world = await World.start(subject, secured, ground)
  const addresses: string[] = []
  for (let n = 0; n < 6; n++) {
    const { address, exit, stdout } = await world.runBeside([etcdctl, 'version'], {
      environment: { ETCDCTL_API: '3' },
      files: { [`/etc/of-${String(n)}.pem`]: 'a file' },
    })
    expect([exit, stdout]).toEqual([0, expect.stringContaining(subject.etcd)])
    addresses.push(address)
  }
  expect(new Set(addresses).size).toBe(5)
  expect(addresses[5]).toBe(addresses[0])
  expect(await containers()).toHaveLength(6)
})

test('what is released goes, and whoever asks for its address again gets another one', async () => {
  const namespaces = new Namespaces({ ...ground, worker: 'released', init: await testInit() })
  const { prefix, giveBack } = ground.addresses.block()
  const address = `${prefix}.77`
  const at = async () =>
    (await containers()).filter(({ Names }) => Names.some((one) => one.includes('released')))
  const first = await namespaces.holder(subject.reference, address)
  namespaces.release([address, `${prefix}.78`])
  const second = await namespaces.holder(subject.reference, address)
  expect(second?.id).not.toBe(first?.id)
  expect((await at()).map(({ Id }) => Id)).toEqual([second?.id])
  await namespaces.clear()
  expect(await at()).toEqual([])
  giveBack()
})

test('where the engine does not share them, files are copied, and every process has a network of its own', async () => {
  const { namespaces: _, ...apart } = { ...ground, sharesFolders: false }
  // The address is held from the test before; another block is free of that.
  const block = apart.addresses.block()
  await using world = await World.start(subject, secured, apart)
  expect((await observe(http({ to: 'm', scheme: 'https', path: '/version' }), world)).http?.status).toBe(200)
  expect(await mounted()).toEqual([])
  block.giveBack()
})
