import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { engineClient, runLabel } from '../engine/client.ts'
import { makeRunId } from '../engine/run-id.ts'
import { sweep } from '../engine/sweep.ts'
import { certificateOf, etcd, type WorldSpec } from '../scenario/index.ts'
import { testGround } from '../testing/ground.ts'
import type { Subject } from '../subject/subject.ts'
import { World, type Ground } from './world.ts'

const runId = makeRunId()
let subject: Subject
let ground: Ground

beforeAll(async () => {
  ;({ subject, ground } = await testGround(runId))
})
afterAll(() => sweep({ run: runId }))

const containers = async () =>
  (await engineClient()).container.dockerode.listContainers({
    all: true,
    filters: { label: [`${runLabel}=${runId}`] },
  })
/** The container of the only world there is. */
async function only() {
  const [one, ...others] = await containers()
  expect(others).toEqual([])
  return (await engineClient()).container.dockerode.getContainer(one?.Id ?? '')
}
const plain = etcd({ options: {} })

describe('the process of a world', () => {
  test('is alive, and the same, until it is started again', async () => {
    await using world = await World.start(subject, plain, ground)
    expect(world.startOf('m1').process).toMatchObject({ ready: true })
    expect(await world.isAlive('m1')).toBe(true)
    await (await only()).restart({ t: 0 })
    expect(await world.isAlive('m1')).toBe(false)
  })

  test('is not alive when it was killed', async () => {
    await using world = await World.start(subject, plain, ground)
    await (await only()).kill()
    await vi.waitFor(async () =>
      expect(await world.unorderedEnds()).toMatchObject([{ member: 'm1', exit: 137, seen: false }]),
    )
    expect(await world.isAlive('m1')).toBe(false)
    expect(await world.unorderedEnds()).toMatchObject([{ seen: true }])
  })

  test('ends by order where it is started again, and is asked for before that', async () => {
    await using world = await World.start(subject, plain, ground)
    await world.restart('m1')
    expect(await world.unorderedEnds()).toEqual([])
    await (await only()).kill()
    await vi.waitFor(async () => expect(await world.unorderedEnds()).toHaveLength(1))
    // With a container of its own: there is nothing to stop. A berth starts it again.
    await expect(world.restart('m1')).rejects.toMatchObject({ code: 'no-container' })
    expect(await world.unorderedEnds()).toMatchObject([{ exit: 137 }])
  })

  test('that ends at once is seen to end, with its status and last words, every time', async () => {
    const halfAPair = { 'cert-file': certificateOf({ cn: 'm1' }) }
    const broken = etcd({ client: 'https', options: halfAPair })
    const starts = Array.from({ length: 8 }, async () => {
      await using world = await World.start(subject, broken, ground)
      return world.startOf('m1')
    })
    for (const { process, log } of await Promise.all(starts)) {
      expect(process).toMatchObject({ ready: false, exit: 1 })
      expect(log.map(({ raw }) => raw).join('\n')).toContain('KeyFile and CertFile must both be present')
    }
  })
})

describe('a world that cannot start leaves nothing', () => {
  test('where there is no such image', async () => {
    const absent = { ...subject, reference: 'etcd-tls/subject:no-such-tag' }
    await expect(World.start(absent, plain, ground)).rejects.toMatchObject({ code: 'no-container' })
    expect(await containers()).toEqual([])
  })

  test('where one of its members cannot: the others go, too', async () => {
    const m2 = { options: { 'peer-cert-file': certificateOf({ issuer: 'nobody-of-that-name' }) } }
    const two: WorldSpec = { ...plain, members: { ...plain.members, m2, m3: { options: {} } } }
    await expect(World.start(subject, two, ground)).rejects.toThrow()
    expect(await containers()).toEqual([])
  })

  test('where the tag is another image than the one that was described', async () => {
    const other = { ...subject, image: `sha256:${'0'.repeat(64)}` }
    await expect(World.start(other, plain, ground)).rejects.toMatchObject({ code: 'another-image' })
    expect(await containers()).toEqual([])
  })
})

test('a command beside the members comes back with what it said, and is gone', async () => {
  await using world = await World.start(subject, plain, ground)
  const command = [subject.commands.etcdctl ?? '', 'version']
  const { exit, stdout } = await world.runBeside(command, { files: {}, environment: {} })
  expect([exit, stdout]).toEqual([0, expect.stringContaining(`etcdctl version: ${subject.etcd}`)])
  await only()
})
