import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { engineClient, runLabel } from '../engine/client.ts'
import { makeRunId } from '../engine/run-id.ts'
import { sharesFolders } from '../engine/shared-folders.ts'
import { sweep } from '../engine/sweep.ts'
import { actFor } from '../engine/temporary.ts'
import { until } from '../engine/until.ts'
import { observe } from '../probe/observe.ts'
import { certificateOf, cluster, etcd, http, keyOf } from '../scenario/index.ts'
import type { Subject } from '../subject/subject.ts'
import { testGround } from '../testing/ground.ts'
import { testInit } from '../testing/init.ts'
import { Namespaces } from './namespaces.ts'
import { workerGround } from '../vitest/worker-ground.ts'
import type { WorkerContext } from '../vitest/context.ts'
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
const workerHere = async () => {
  const init = await testInit()
  const context = { runId, network: ground.network, tools: {}, sharesFolders: true, init, subject }
  const held = async () =>
    (await containers()).filter(({ Names }) => Names.some((one) => /-1-(held|seat)-/.test(one)))
  return { worker: workerGround(context as unknown as WorkerContext), held }
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

test('commands beside it take five addresses in turn, whose namespaces stay, and find nothing of each other', async () => {
  const etcdctl = subject.commands.etcdctl ?? ''
  const bare = cluster({ members: { m: { at: '10.138.0.2', options: {} } } })
  await using world = await World.start(subject, bare, ground)
  const endpoint = `--endpoints=${world.resolve('http://@m:2379')}`
  const command = async (files: Readonly<Record<string, string>>, ...words: string[]) => {
    const environment = { ETCDCTL_API: '3' }
    return world.runBeside([etcdctl, endpoint, ...words], { environment, files })
  }
  const left = '/etc/left.pem'
  const addresses: string[] = []
  for (let n = 0; n < 5; n++) {
    const { address, exit } = await command({ [left]: 'no certificate' }, 'put', 'a', String(n))
    expect(exit).toBe(0)
    addresses.push(address)
  }
  expect(new Set(addresses).size).toBe(5)
  expect(await containers()).toHaveLength(6)
  const sixth = await command({}, `--cacert=${left}`, 'get', 'a')
  expect(sixth.address).toBe(addresses[0])
  expect(sixth.stderr).toContain(`open ${left}: no such file or directory`)
  expect(await containers()).toHaveLength(6)
})

test('what is released goes, and whoever asks for its address again gets another one', async () => {
  const namespaces = new Namespaces({ ...ground, worker: 'released', init: await testInit() })
  const { prefix, giveBack } = ground.addresses.blocks.lend()
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

test('what no world to come asks for goes, and what a world has stays', async () => {
  const { worker, held } = await workerHere()
  {
    await using world = await World.start(subject, secured, worker)
    worker.settled?.([])
    expect(world.startOf('m').process).toMatchObject({ ready: true })
  }
  worker.settled?.([secured])
  expect(await held()).toHaveLength(1)
  worker.settled?.([])
  await until('its berth to go', 10_000, async () => ((await held()).length === 0 ? true : undefined))
  await worker.clear()
})

test('a world of one process takes the place of one whose block is free, and that one’s next world has another', async () => {
  const { worker, held } = await workerHere()
  let before: string
  {
    await using world = await World.start(subject, secured, worker)
    before = world.resolve('@m')
  }
  const ids = (await held()).map(({ Id }) => Id)
  const alone = etcd({ options: {} })
  worker.settled?.([alone])
  {
    await using world = await World.start(subject, alone, worker)
    expect(world.startOf('m1').process).toMatchObject({ ready: true })
    expect((await held()).map(({ Id }) => Id)).toEqual(ids)
    expect(world.resolve('@m1')).toBe(before)
    await using beside = await World.start(subject, secured, worker)
    expect(beside.resolve('@m')).not.toBe(before)
    expect(await held()).toHaveLength(2)
  }
  await worker.clear()
})

test('where the engine does not share them, files are copied, and every process has a network of its own', async () => {
  // Addresses are held from the tests before.
  await ground.namespaces?.clear()
  const { namespaces: _, ...apart } = { ...ground, sharesFolders: false }
  await using world = await World.start(subject, secured, apart)
  expect((await observe(http({ to: 'm', scheme: 'https', path: '/version' }), world)).http?.status).toBe(200)
  expect(await mounted()).toEqual([])
})
