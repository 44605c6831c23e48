import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeRunId } from '../engine/run-id.ts'
import { sweep } from '../engine/sweep.ts'
import { observe } from '../probe/observe.ts'
import { cluster, grpc, http, peerPair, type MemberSpec } from '../scenario/index.ts'
import { testGround } from '../testing/ground.ts'
import type { Subject } from '../subject/subject.ts'
import { logicalBy } from './logical.ts'
import type { LogLine } from './log-line.ts'
import { World, type Ground } from './world.ts'

const runId = makeRunId()
let subject: Subject
let ground: Ground

beforeAll(async () => {
  ;({ subject, ground } = await testGround(runId))
})
afterAll(() => sweep({ run: runId }))

const peer = (at: string, name: string): MemberSpec => ({
  at,
  peer: 'https',
  options: peerPair({ cn: name, hosts: [`@${name}`] }),
})
const two = { a: peer('10.138.0.3', 'a'), c: peer('10.138.0.4', 'c') }
const write = (to: string) => grpc({ to, scheme: 'http', call: 'put', request: { key: to, value: '1' } })

test('two members become a cluster, each at its address with the last octet of the page', async () => {
  await using world = await World.start(subject, cluster({ members: two }), ground)
  const [a, c] = [world.startOf('a'), world.startOf('c')]
  expect([a.process, c.process]).toMatchObject([{ ready: true }, { ready: true }])
  expect(a.to).toMatch(/^10\.\d+\.\d+\.3$/)
  expect(logicalBy(world.addressMap)(`${a.to} ${c.to}`)).toBe('10.138.0.3 10.138.0.4')
  expect((await observe(write('a'), world)).grpc?.code).toBe('OK')
  expect(world.record().members.map(({ role, set }) => [role, set?.[0]])).toEqual([
    ['member', { option: 'peer-cert-file', way: 'flag', listener: 'peer' }],
    ['member', { option: 'peer-cert-file', way: 'flag', listener: 'peer' }],
  ])
})

test('members that refuse each other are not waited for', async () => {
  const stranger = { ...two.c, options: peerPair({ cn: 'c', hosts: ['10.138.0.77'] }) }
  const began = performance.now()
  await using world = await World.start(subject, cluster({ members: { a: two.a, c: stranger } }), ground)
  expect(world.startOf('a').process).toMatchObject({ ready: false })
  expect(world.startOf('a').process).not.toHaveProperty('exit')
  expect(performance.now() - began).toBeLessThan(8_000)
  // c may have said so often enough that a's own words are still on their way.
  const states = ({ error = '' }: LogLine): boolean => error.startsWith('x509: certificate')
  const refusal = await world.member('a').log.waitFor(states, { limit: 2_000 })
  expect(logicalBy(world.addressMap)(refusal?.error ?? '')).toBe(
    'x509: certificate is valid for 10.138.0.77, not 10.138.0.4',
  )
})

test('a candidate is started into the cluster that is there, and again with other options', async () => {
  const b: MemberSpec = { ...peer('10.138.0.2', 'b'), role: 'candidate' }
  await using world = await World.start(subject, cluster({ members: { ...two, b } }), ground)
  expect(() => world.member('b')).toThrow(expect.objectContaining({ code: 'unknown-member' }))
  const added = grpc({
    to: 'a',
    scheme: 'http',
    call: 'memberAdd',
    request: { peerURLs: [world.peerUrl('b')] },
  })
  expect((await observe(added, world)).grpc?.code).toBe('OK')
  const refused = await world.startCandidate('b', peerPair({ cn: 'b', hosts: ['10.138.0.27'] }))
  expect(refused.start.process).toMatchObject({ ready: false, exit: 1 })
  await refused.remove()
  const accepted = await world.startCandidate('b', {})
  expect(accepted.start.process).toMatchObject({ ready: true })
  expect(logicalBy(world.addressMap)(accepted.address)).toBe('10.138.0.2')
  expect(world.record().members.map(({ name, role }) => `${name} ${String(role)}`)).toEqual([
    'a member',
    'c member',
    'b candidate',
    'b candidate',
  ])
  await expect(world.startCandidate('a', {})).rejects.toMatchObject({ code: 'not-a-candidate', exit: 2 })
})

describe('a raw client', () => {
  const spec = cluster({
    members: { a: { ...two.a, client: 'http' } },
    clients: { raw: { at: '10.138.0.9' } },
  })
  test('reaches a listener from its own address, and hears the alert of its refusal', async () => {
    await using world = await World.start(subject, spec, ground)
    const from = world.member('a').log.lines.length
    const seen = await observe(
      http({
        to: 'a',
        from: 'raw',
        listener: 'peer',
        scheme: 'https',
        path: '/members',
        tls: { trust: 'anybody' },
      }),
      world,
    )
    expect(seen.alert).toMatchObject({ number: 116, direction: 'received' })
    const line = await world.member('a').log.waitFor(({ error }) => error?.includes('certificate') === true, {
      from,
      limit: 2_000,
    })
    expect(logicalBy(world.addressMap)(line?.remoteAddress ?? '')).toBe('10.138.0.9')
    await expect(world.route('a', 'peer', 'nobody')).rejects.toMatchObject({ code: 'unknown-client' })
  })
})

test('members on the loopback address of one network namespace form, and are reached through it', async () => {
  const local = (name: string, client: number): MemberSpec => ({
    host: `${name}.etcd.local`,
    loopback: { client, peer: client + 1 },
    peer: 'https',
    options: peerPair({ cn: 'etcd.local', hosts: [`${name}.etcd.local`, '127.0.0.1', 'localhost'] }),
  })
  const spec = cluster({
    members: { m1: local('m1', 2379), m2: local('m2', 22379), m3: local('m3', 32379) },
    hosts: { 'm1.etcd.local': '127.0.0.1', 'm2.etcd.local': '127.0.0.1', 'm3.etcd.local': '127.0.0.1' },
  })
  await using world = await World.start(subject, spec, ground)
  for (const name of ['m1', 'm2', 'm3']) expect(world.startOf(name).process).toMatchObject({ ready: true })
  expect((await observe(write('m2'), world)).grpc?.code).toBe('OK')
  const command = [subject.commands.etcdctl ?? '', '--endpoints=http://127.0.0.1:32379', 'get', 'm2']
  const read = await world.runBeside(command, { files: {}, environment: {} })
  expect(read).toMatchObject({ exit: 0, stdout: 'm2\n1\n' })
})
