import { afterEach, describe, expect, test } from 'vitest'
import { forms, joins } from '../scenario/cluster.ts'
import type { LogBook } from '../world/log-book.ts'
import type { RunningMember, StartedCandidate } from '../world/running.ts'
import { observeForms } from './forms.ts'
import { observeJoin } from './joins.ts'
import type { Observation } from './observation.ts'
import { fakeCluster, fakeMember, SharedStore } from './testing/stand-in-cluster.ts'

const stops: (() => void)[] = []
afterEach(() => stops.splice(0).forEach((stop) => stop()))

const start = (process: Observation['process']): Observation =>
  ({ process, answered: process?.ready === true }) as Observation
const ready = start({ ready: true, after: 1 })
const ended = start({ ready: false, exit: 1, after: 1 })
const say = (log: LogBook, ...lines: string[]): void =>
  lines.forEach((line) => void log.writer().write(Buffer.from(`${line}\n`)))
const serving = '{"msg":"serving client traffic insecurely; this is strongly discouraged!"}'
const rejected = (address: string) =>
  `{"msg":"rejected connection on peer endpoint","remote-addr":"${address}:1","error":"no"}`

let urls = 0
async function cluster(begun: Observation, listed: boolean) {
  const store = new SharedStore()
  const a = await fakeMember('a', store, stops)
  const b = await fakeMember('b', store, stops)
  const events: string[] = []
  const candidate: StartedCandidate = {
    ...b,
    address: '127.0.0.1',
    start: begun,
    remove: () => Promise.resolve(void events.push('container removed')),
  }
  const peerUrl = `https://b${String(urls++)}:2380`
  const world = fakeCluster([a], { candidate })
  const context = {
    ...world,
    peerUrl: () => peerUrl,
    startCandidate: () => {
      events.push('started')
      const member = store.members.find(({ peerURLs }) => peerURLs.includes(peerUrl))
      if (listed && member !== undefined) member.name = 'b'
      return Promise.resolve(candidate)
    },
  }
  return { store, a, candidate, context, events }
}

describe('a join', () => {
  test('is announced, written through, read, listed, and taken back', async () => {
    const { store, context, events } = await cluster(ready, true)
    const seen = await observeJoin(joins('b'), context)
    expect(seen).toMatchObject({ answered: true, localAddress: '127.0.0.1' })
    expect(seen.join).toMatchObject({ added: true, started: true, listed: true, writtenAndRead: true })
    expect(store.calls).toEqual(['add a', 'put b', 'range a', 'list a', 'remove a', 'status a', 'list a'])
    expect(store.members).toEqual([])
    expect(events).toEqual(['started', 'container removed'])
    expect(seen.byHand[0]).toContain('member add')
  })

  test('tells of a call that had no answer: nobody knows what became of its key', async () => {
    const { store, context } = await cluster(ready, true)
    store.failing.add('range')
    const { join } = await observeJoin(joins('b'), context)
    expect(join).toMatchObject({ started: true, listed: true, writtenAndRead: false })
    expect(join?.unanswered).toBe('gRPC range to a: UNAVAILABLE no leader')
  })

  test('that led is waited for until another one leads', async () => {
    const { store, context } = await cluster(ready, true)
    store.leaders = ['100', '0', '1']
    await observeJoin(joins('b'), context)
    expect(store.calls.slice(-5)).toEqual(['remove a', 'status a', 'status a', 'status a', 'list a'])
  })

  test('that serves by itself is not one', async () => {
    const { context } = await cluster(ready, false)
    expect((await observeJoin(joins('b'), context)).join).toMatchObject({ started: true, listed: false })
  })

  test('waits for the line of its own that is declared', async () => {
    const { context, candidate } = await cluster(ready, true)
    setTimeout(() => say(candidate.log, rejected('10.1.1.1')), 100)
    const seen = await observeJoin(joins('b'), context, undefined, ({ error }) => error === 'no')
    expect(seen.join?.said.map(({ error }) => error)).toEqual(['no'])
  })

  test('keeps the line of its own that is declared, however much it says after it', async () => {
    const { context, candidate } = await cluster(ready, true)
    say(candidate.log, rejected('10.1.1.1'), ...Array.from({ length: 60 }, () => serving))
    const { join } = await observeJoin(joins('b'), context, undefined, ({ error }) => error === 'no')
    expect(join?.said.map(({ error }) => error)).toEqual(['no', ...Array<undefined>(39).fill(undefined)])
  })

  test('that ended has the lines about its address, and waits for the one that states the reason', async () => {
    const { a, context, store } = await cluster(ended, false)
    say(a.log, rejected('127.0.0.1'))
    const startCandidate: typeof context.startCandidate = (...asked) => {
      const late = [rejected('10.1.1.1'), rejected('127.0.0.1'), rejected('127.0.0.1')]
      setTimeout(() => say(a.log, ...late), 50)
      return context.startCandidate(...asked)
    }
    const seen = await observeJoin(joins('b'), { ...context, startCandidate }, ({ error }) => error === 'no')
    expect(seen.join).toMatchObject({ started: false, exit: 1, listed: false, writtenAndRead: false })
    expect(seen.log.every(({ remoteAddress }) => remoteAddress === '127.0.0.1')).toBe(true)
    expect(seen.log.length).toBeGreaterThan(0)
    expect(seen.log.every(({ index }) => index > 0)).toBe(true)
    expect(store.members).toEqual([])
  })

  test('is not told by what comes late of an earlier candidate at its address', async () => {
    const { a, context } = await cluster(ended, false)
    const peerUrl = (): string => {
      if (a.log.lines.length === 0) say(a.log, rejected('127.0.0.1'))
      return context.peerUrl()
    }
    let settled = false
    const queriesSettled = () => Promise.resolve(void (settled = true))
    const question = { from: '127.0.0.1', type: 'A', name: 'b.com', rcode: 'NOERROR' }
    const queries = (from = 0) => (settled ? [question] : []).slice(from)
    const seen = await observeJoin(joins('b'), { ...context, peerUrl, queries, queriesSettled })
    expect(seen).toMatchObject({ log: [], dns: [] })
  })

  test('whose container does not come is taken off the list, too', async () => {
    const { context, store } = await cluster(ended, false)
    const none = { ...context, startCandidate: () => Promise.reject(new Error('no container')) }
    await expect(observeJoin(joins('b'), none)).rejects.toThrow('no container')
    expect(store.members).toEqual([])
  })

  test('that the cluster does not take in is seen as such', async () => {
    const { context, a } = await cluster(ready, true)
    const deaf = { ...context, member: () => ({ ...a, clientPort: 1 }) }
    const seen = await observeJoin(joins('b'), deaf)
    expect(seen.connected).toBe(false)
    expect(seen.join?.added).toMatch(/gRPC memberAdd to a: UNAVAILABLE/)
  })

  test('of the same URL waits for another second', async () => {
    const { context } = await cluster(ready, true)
    const began = performance.now()
    await observeJoin(joins('b'), context)
    await observeJoin(joins('b'), context)
    expect(performance.now() - began).toBeGreaterThan(1_000)
  })
})

describe('members', () => {
  const both = async (listed: readonly string[]) => {
    const store = new SharedStore()
    const members = [await fakeMember('m1', store, stops), await fakeMember('m2', store, stops)]
    const urls = (name: string) => ({
      peerURLs: [`https://${name}:2380`],
      clientURLs: [`http://${name}:2379`],
    })
    listed.forEach((name) => store.members.push({ ID: name, name, ...urls(name) }))
    members.forEach(({ log }) => say(log, serving))
    return { store, members, context: fakeCluster(members, { starts: { m1: ready, m2: ready } }) }
  }

  test('that form a cluster are listed, and read what the other wrote', async () => {
    const { context } = await both(['m1', 'm2'])
    const listed = (name: string) => [`https://${name}:2380`, `http://${name}:2379`]
    const announced = ['http://127.0.0.1:2380', 'http://127.0.0.1:2379']
    expect((await observeForms(forms(), context)).form?.members).toEqual([
      { name: 'm1', started: true, listed: listed('m1'), announced, readThrough: ['m2'] },
      { name: 'm2', started: true, listed: listed('m2'), announced, readThrough: ['m1'] },
    ])
  })

  test('are asked for the list when they have read: one that lags behind would not know all of it', async () => {
    const { store, context } = await both(['m1', 'm2'])
    await observeForms(forms(), context)
    const order = store.calls.map((one) => one.split(' ')[0])
    expect(order.lastIndexOf('range')).toBeLessThan(order.indexOf('list'))
  })

  test('of two clusters do not read what the other wrote', async () => {
    const { context } = await both(['m1'])
    const apart = await fakeMember('m2', new SharedStore(), stops)
    say(apart.log, serving)
    const member = (name: string): RunningMember => (name === 'm2' ? apart : context.member(name))
    const { form } = await observeForms(forms(), { ...context, member })
    expect(form?.members).toMatchObject([{ readThrough: [] }, { listed: [], readThrough: [] }])
  })

  test('tell of a call that had no answer', async () => {
    const { store, context } = await both(['m1', 'm2'])
    store.failing.add('range')
    const { form } = await observeForms(forms(), context)
    expect(form?.unanswered).toBe('gRPC range to m1: UNAVAILABLE no leader')
    expect(form?.members).toMatchObject([{ started: true, readThrough: [] }, { readThrough: [] }])
  })

  test('are not waited for once one was turned away often enough', async () => {
    const store = new SharedStore()
    const [m1, m2] = [await fakeMember('m1', store, stops), await fakeMember('m2', store, stops)]
    const context = fakeCluster([m1, { ...m2, address: '10.9.9.9' }], { starts: { m1: ready, m2: ready } })
    const fits = ({ error }: { error?: string }) => error === 'no'
    say(m1.log, serving, rejected('10.9.9.9'), rejected('10.9.9.9'))
    setTimeout(() => say(m1.log, rejected('127.0.0.1'), rejected('10.9.9.9')), 50)
    const seen = await observeForms(forms(), context, { by: 'm1', from: 'm2', fits, times: 3 })
    expect(seen.form?.members).toMatchObject([{ started: true }, { started: false }])
    expect(seen.log).toHaveLength(3)
    expect(seen.localAddress).toBe('10.9.9.9')
  })
})

test('members of which one was turned away often enough may still find another way', async () => {
  const store = new SharedStore()
  const members = [await fakeMember('m1', store, stops), await fakeMember('m2', store, stops)]
  const [m1, m2] = members
  const context = fakeCluster(members, { starts: { m1: ready, m2: ready } })
  if (m1 !== undefined) say(m1.log, ...Array<string>(3).fill(rejected('127.0.0.1')))
  setTimeout(() => [m1, m2].forEach((one) => one && say(one.log, serving)), 300)
  const fits = ({ error }: { error?: string }) => error === 'no'
  const seen = await observeForms(forms(), context, { by: 'm1', from: 'm2', fits, times: 3 })
  expect(seen.form?.members).toMatchObject([{ started: true }, { started: true }])
})
