import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeRunId } from '../engine/run-id.ts'
import { sweep } from '../engine/sweep.ts'
import { observe } from '../probe/observe.ts'
import type { Observation } from '../probe/observation.ts'
import { etcd, http, peerPair, type ZoneSpec } from '../scenario/index.ts'
import { defaultSubject } from '../subject/parse.ts'
import { prepareSubject, surroundingsOf } from '../subject/prepare.ts'
import type { Subject } from '../subject/subject.ts'
import { prepareTools } from '../tool/tools.ts'
import { AddressBook } from './address-book.ts'
import { createNetwork } from './network.ts'
import { logicalBy } from './logical.ts'
import { World, type Ground } from './world.ts'

const runId = makeRunId()
let subject: Subject
let ground: Ground

beforeAll(async () => {
  const preparing = { runId, signal: new AbortController().signal, onProgress: () => undefined }
  subject = await prepareSubject(defaultSubject(), { ...preparing, measureTls: () => Promise.resolve([]) })
  const tools = await prepareTools(['coredns'], await surroundingsOf(preparing))
  const network = await createNetwork(runId)
  ground = { runId, network, addresses: new AddressBook(network, 0), worker: 'dns', tools }
}, 180_000)
afterAll(() => sweep({ run: runId }))

/** A client at 10.138.0.2 whose certificate has one name; etcd looks its address up backwards. */
async function asking(dns: ZoneSpec, name: string): Promise<{ seen: Observation; world: World }> {
  const spec = etcd({
    at: '10.138.0.10',
    peer: 'https',
    options: peerPair({ cn: 'm1', hosts: ['@m1', 'm1.etcd.local'] }),
    clients: { b: { at: '10.138.0.2' } },
    dns,
  })
  await using world = await World.start(subject, spec, ground)
  const tls = { as: { cn: 'b', hosts: [name] } }
  const probe = http({ from: 'b', listener: 'peer', scheme: 'https', path: '/version', tls })
  const seen = await observe(probe, world)
  await world.queriesSettled()
  return { seen, world }
}

const questions = (world: World): string[] =>
  world.queries().map(({ from, type, name }) => logicalBy(world.addressMap)(`${from} ${type} ${name}`))
const refusal = (world: World): string =>
  logicalBy(world.addressMap)(
    world.member('m1').log.lines.find(({ error }) => error?.includes('DNSNames'))?.error ?? 'none',
  )

/** Docker's own resolver (127.0.0.11) knows the containers of its network, and would answer or fail in its own name. */
test('the zone alone answers: who is asked about an address, and who says that it has no name', async () => {
  const { seen, world } = await asking({}, `*.${ground.network.name}`)
  expect(seen.http).toBeUndefined()
  expect(questions(world)).toEqual(['10.138.0.10 PTR 10.138.0.2'])
  expect(refusal(world)).toMatch(/does not match any of DNSNames .* on 10\.138\.0\.53:53: no such host\)$/)
})

test('what the zone leads to counts', async () => {
  const zone = { reverse: { '10.138.0.2': ['pod.example.default.svc'] } }
  const { seen, world } = await asking(zone, '*.example.default.svc')
  expect(seen.http?.status).toBe(200)
  expect(questions(world)).toEqual(['10.138.0.10 PTR 10.138.0.2'])
})

test('a dropped question costs a second, not ten', async () => {
  const zone = { faults: { '10.138.0.2': 'dropped', 'b.com': 'dropped' } } as const
  const { seen, world } = await asking(zone, 'b.com')
  expect(seen.http).toBeUndefined()
  expect(questions(world)).toEqual(
    ['PTR 10.138.0.2', 'A b.com', 'AAAA b.com'].map((one) => `10.138.0.10 ${one}`),
  )
  expect(seen.closed?.after).toBeLessThan(4_900)
})
