import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { engineClient, runLabel } from '../engine/client.ts'
import { makeRunId } from '../engine/run-id.ts'
import { sweep } from '../engine/sweep.ts'
import { observe } from '../probe/observe.ts'
import { etcd, http } from '../scenario/index.ts'
import { defaultSubject } from '../subject/parse.ts'
import { prepareSubject } from '../subject/prepare.ts'
import type { Subject } from '../subject/subject.ts'
import { AddressBook } from './address-book.ts'
import { Departures } from './departures.ts'
import { createNetwork } from './network.ts'
import { testInit } from '../testing/init.ts'
import { Seats } from './seats.ts'
import { World, type Ground } from './world.ts'

const runId = makeRunId()
let subject: Subject
let ground: Ground

beforeAll(async () => {
  const signal = new AbortController().signal
  const nothing = { onProgress: () => undefined, measureTls: () => Promise.resolve([]) }
  subject = await prepareSubject(defaultSubject(), { runId, signal, ...nothing })
  const network = await createNetwork(runId)
  const init = await testInit()
  const shared = { runId, network, init, worker: 'test', addresses: new AddressBook(network, 0) }
  ground = { ...shared, seats: new Seats(shared) }
})
afterAll(() => sweep({ run: runId }))

const world = (name: string) => etcd({ options: { 'host-whitelist': name } })
const docker = async () => (await engineClient()).container.dockerode
const containers = async () =>
  (await docker()).listContainers({ all: true, filters: { label: [`${runLabel}=${runId}`] } })
const asking = (host: string) => http({ scheme: 'http', path: '/version', host })

test('a place is taken by one process after the other: ports free, every log its own, the last one gone', async () => {
  const addresses = new Set<string>()
  for (const [nth, name] of ['a', 'b', 'c', 'd'].entries()) {
    await using here = await World.start(subject, world(`${name}.local`), ground)
    const { address, start, log, container } = here.member('m1')
    addresses.add(address)
    expect(start.process).toMatchObject({ ready: true })
    expect((await observe(asking(`${name}.local`), here)).http?.status).toBe(200)
    // What the process before this one had on its list is refused by this one.
    const stranger = `${['z', 'a', 'b', 'c'][nth] ?? ''}.local`
    expect((await observe(asking(stranger), here)).http?.status).toBe(421)
    const tells = ({ raw }: { raw: string }) => raw.includes(`"host":"${stranger}`)
    await log.waitFor(tells, { limit: 2000, signal: container.ended })
    expect(log.lines.filter(tells)).toHaveLength(1)
    expect(log.lines.filter(({ raw }) => raw.includes('"msg":"starting an etcd server"'))).toHaveLength(1)
    expect(await containers()).toHaveLength(1)
  }
  expect(addresses.size).toBe(1)
  expect(await containers()).toHaveLength(1)
})

test('two worlds at a time have a place each', async () => {
  await using one = await World.start(subject, world('a.local'), ground)
  await using two = await World.start(subject, world('b.local'), ground)
  expect(one.member('m1').address).not.toBe(two.member('m1').address)
})

test('places that no world has go when none to come wants them, and those after them are new', async () => {
  const departures = new Departures()
  const seats = new Seats({ ...ground, init: await testInit(), worker: 'released' }, departures)
  const held = async () => (await containers()).filter(({ Names }) => String(Names).includes('released'))
  const [one, two] = [seats.take(subject.reference), seats.take(subject.reference)]
  await Promise.all([one?.holder(), two?.holder()])
  one?.giveBack()
  seats.release(1)
  await departures.over()
  expect(await held()).toHaveLength(2)
  seats.release(0)
  await departures.over()
  expect((await held()).map(({ Id }) => Id)).toEqual([(await two?.holder())?.id])
  const three = seats.take(subject.reference)
  expect(three?.address).not.toBe(one?.address)
  await three?.holder()
  expect(await held()).toHaveLength(2)
  two?.giveBack()
  three?.giveBack()
  await seats.clear()
  expect(await held()).toEqual([])
})

test('a place whose holder was taken away is held anew', async () => {
  const [holder] = await containers()
  await (await docker()).getContainer(holder?.Id ?? '').remove({ force: true })
  for (let n = 0; n < 2; n++) {
    await using here = await World.start(subject, world('a.local'), ground)
    expect(here.startOf('m1').process).toMatchObject({ ready: true })
  }
})

test('one that has ended and is still there is in nobody’s way', async () => {
  const all = await containers()
  for (const { Id } of all) {
    const one = (await docker()).getContainer(Id)
    await one.kill()
    await one.wait({ condition: 'not-running' })
  }
  await using here = await World.start(subject, world('a.local'), ground)
  expect(here.startOf('m1').process).toMatchObject({ ready: true })
  expect(await containers()).toHaveLength(all.length)
})

test('a holder that goes while its world stands is told from an etcd that ends', async () => {
  await using here = await World.start(subject, world('a.local'), ground)
  await here.demandSound()
  await (await docker()).getContainer(here.member('m1').container.id).kill()
  await expect(here.demandSound()).rejects.toMatchObject({ code: 'berth-lost' })
})

test.each([0, 20, 60, 150])(
  'a world that goes %i ms into a restart leaves nothing to the next one at its place',
  async (into) => {
    await ground.seats?.clear()
    const here = await World.start(subject, world('a.local'), ground)
    const restart = here.restart('m1').then(
      () => 'restarted',
      ({ code }: { code?: string }) => code,
    )
    await pause(into)
    await here[Symbol.asyncDispose]()
    expect(await restart).toMatch(/^(restarted|process-removed)$/)
    await using next = await World.start(subject, world('b.local'), ground)
    expect(next.startOf('m1').process).toMatchObject({ ready: true })
    // In the place of the other one, and not beside it.
    expect(next.member('m1').container.id).toBe(here.member('m1').container.id)
  },
)

test('without an init processes have networks of their own', async () => {
  const seat = new Seats({ ...ground, init: undefined, worker: 'mute' }).take(subject.reference)
  expect(seat).toBeDefined()
  expect(await seat?.holder()).toBeUndefined()
  expect((await containers()).filter(({ State }) => State !== 'running')).toEqual([])
})
