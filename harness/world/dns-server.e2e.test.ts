import { Resolver } from 'node:dns/promises'
import { access } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeRunId } from '../engine/run-id.ts'
import { sweep } from '../engine/sweep.ts'
import { surroundingsOf } from '../subject/prepare.ts'
import { prepareTools, toolOf } from '../tool/tools.ts'
import { startDns, type RunningDns } from './dns-server.ts'
import { createNetwork } from './network.ts'

const runId = makeRunId()
let dns: RunningDns
let resolver: Resolver

beforeAll(async () => {
  const { signal } = new AbortController()
  const tools = await prepareTools(
    ['coredns'],
    await surroundingsOf({ runId, signal, onProgress: () => undefined }),
  )
  const network = await createNetwork(runId)
  const zone = {
    forward: {
      'b.com': ['10.138.0.2', '2001:db8::2'],
      'several.com': ['10.138.0.3', '10.138.0.2'],
      'lost.com': ['10.138.0.2'],
      'deep.lost.com': ['10.138.0.2'],
      'broken.com': ['10.138.0.2'],
      'late.com': ['10.138.0.2'],
    },
    reverse: {
      '10.138.0.2': ['m1.example.default.svc', 'Other.Example.default.svc'],
      '2001:db8::2': ['six.example'],
      '10.138.0.9': ['late.example'],
    },
    services: { '_etcd-server-ssl._tcp.etcd.local': [{ target: 'm1.etcd.local', port: 2380 }] },
    faults: {
      'lost.com': 'dropped',
      'broken.com': 'servfail',
      'late.com': { delayed: 300 },
      '10.138.0.8': 'servfail',
      '10.138.0.9': { delayed: 300 },
    },
  } as const
  dns = await startDns(zone, {
    network,
    address: `${network.base.join('.')}.9`,
    runId,
    world: 'test',
    resolve: (text) => text,
    image: toolOf(tools, 'coredns'),
  })
  resolver = new Resolver({ timeout: 1000, tries: 1 })
  resolver.setServers([dns.address])
}, 180_000)

afterAll(async () => {
  await dns.remove()
  await expect(access(dns.resolvConf)).rejects.toThrow()
  const left = await sweep({ run: runId })
  expect(left.containers).toEqual([])
})

/** The answer or the error's code, and the questions that were logged meanwhile, without who asked. */
async function asking(act: () => Promise<unknown>): Promise<{ answer: unknown; asked: string[] }> {
  const from = dns.queries().length
  const answer = await act().catch((error: unknown) => (error as { code: string }).code)
  await dns.settle()
  return { answer, asked: dns.queries(from).map(({ type, name, rcode }) => `${type} ${name} ${rcode}`) }
}

test('forward, with several addresses and both families', async () => {
  expect(await asking(() => resolver.resolve4('b.com'))).toEqual({
    answer: ['10.138.0.2'],
    asked: ['A b.com NOERROR'],
  })
  expect((await asking(() => resolver.resolve6('b.com'))).answer).toEqual(['2001:db8::2'])
  const { answer } = await asking(() => resolver.resolve4('several.com'))
  expect((answer as string[]).toSorted()).toEqual(['10.138.0.2', '10.138.0.3'])
})

test('reverse, with several names and their letter case', async () => {
  const { answer, asked } = await asking(() => resolver.reverse('10.138.0.2'))
  expect((answer as string[]).toSorted()).toEqual(['Other.Example.default.svc', 'm1.example.default.svc'])
  expect(asked).toEqual(['PTR 10.138.0.2 NOERROR'])
  expect(await asking(() => resolver.reverse('2001:db8::2'))).toEqual({
    answer: ['six.example'],
    asked: ['PTR 2001:db8::2 NOERROR'],
  })
})

test('services', async () => {
  const { answer } = await asking(() => resolver.resolveSrv('_etcd-server-ssl._tcp.etcd.local'))
  expect(answer).toMatchObject([{ name: 'm1.etcd.local', port: 2380, priority: 0, weight: 100 }])
})

test('all else does not exist', async () => {
  expect(await asking(() => resolver.resolve4('elsewhere.example'))).toEqual({
    answer: 'ENOTFOUND',
    asked: ['A elsewhere.example NXDOMAIN'],
  })
  expect((await asking(() => resolver.reverse('10.138.0.77'))).asked).toEqual(['PTR 10.138.0.77 NXDOMAIN'])
})

test('a dropped question has no answer and is in the log', async () => {
  expect(await asking(() => resolver.resolve4('lost.com'))).toEqual({
    answer: 'ETIMEOUT',
    asked: ['A lost.com -'],
  })
  expect((await asking(() => resolver.resolve4('deep.lost.com'))).answer).toEqual(['10.138.0.2'])
})

test('a failure is answered as such, forward and reverse', async () => {
  expect(await asking(() => resolver.resolve4('broken.com'))).toEqual({
    answer: 'ESERVFAIL',
    asked: ['A broken.com SERVFAIL'],
  })
  expect((await asking(() => resolver.reverse('10.138.0.8'))).asked).toEqual(['PTR 10.138.0.8 SERVFAIL'])
})

test.each([
  ['forward', () => resolver.resolve4('late.com'), ['10.138.0.2']],
  ['reverse', () => resolver.reverse('10.138.0.9'), ['late.example']],
])('a late answer is the right one, and late: %s', async (_, act, expected) => {
  const began = performance.now()
  const { answer } = await asking(act)
  expect(answer).toEqual(expected)
  expect(performance.now() - began).toBeGreaterThanOrEqual(300)
})

test('questions that follow each other are in the log in their order', async () => {
  const names = Array.from({ length: 300 }, (_, n) => `n${String(n)}.example`)
  const { asked } = await asking(async () => {
    for (const name of names) await resolver.resolve4(name).catch(() => undefined)
  })
  expect(asked).toEqual(names.map((name) => `A ${name} NXDOMAIN`))
})

test('what it answers is told, with our own questions left out', () => {
  expect(dns.record).toContain('2.0.138.10.in-addr.arpa. IN PTR m1.example.default.svc.')
  expect(dns.queries().some(({ name }) => name.includes('seen-so-far'))).toBe(false)
})
