import { createServer } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { HarnessError } from '../../errors.ts'
import { judge } from '../../judge/judge.ts'
import { ended, ready } from '../../judge/testing/seen.ts'
import { listening, standIn } from '../../probe/testing/stand-in.ts'
import {
  etcd,
  http,
  notStarted,
  refused,
  starts,
  type NoStartCell,
  type RefuseCell,
  type WorldSpec,
} from '../../scenario/index.ts'
import { LogBook } from '../../world/log-book.ts'
import { CellLogs } from '../worlds/cell-logs.ts'
import { gather } from './gather.ts'
import type { Prepared } from '../worlds/prepare-world.ts'
import { Stopwatch } from './stopwatch.ts'
import { Trail } from './trail.ts'
import { WorldPool } from '../worlds/world-pool.ts'

const attacker = 'attacker.example'
const guarded = etcd({ options: { 'host-whitelist': 'm1.etcd.local' } })
const open = etcd({ options: {} })
const ask = (host: string) => http({ scheme: 'http', path: '/version', host })
const cell: RefuseCell = {
  given: guarded,
  when: ask(attacker),
  then: refused(),
  because: { reason: 'host-not-whitelisted' },
  unlike: ask('m1.etcd.local'),
}
const closing: (() => void)[] = []
afterEach(() => closing.splice(0).forEach((close) => close()))

interface Play {
  /** What is answered to a host, and whether it is logged; null: nothing, ever. */
  readonly rule?: (host: string, guard: boolean) => number | null
  readonly alive?: boolean
  /** Whose container somebody takes away. */
  readonly lost?: WorldSpec
  readonly starts?: (spec: WorldSpec) => boolean
  /** Milliseconds a probe waits for an answer. */
  readonly limit?: number
}

/** A pool whose worlds are small HTTP servers that log refusals as etcd 3.6 does. */
function poolOf({
  rule = whitelist,
  alive = true,
  starts: does = () => true,
  limit = 3000,
  lost,
}: Play = {}) {
  const told: string[] = []
  // A candidate of the cell before, and from the first answer on one of this cell's.
  const joined = [candidate('earlier')]
  const make = async (spec: WorldSpec): Promise<Prepared> => {
    const guard = 'host-whitelist' in (spec.members['m1']?.options ?? {})
    const log = new LogBook()
    const writer = log.writer()
    const server = createServer((request, response) => {
      const { host = '' } = request.headers
      told.push(`${guard ? '' : 'open '}${host}`)
      if (joined.length === 1) joined.push(candidate('own'))
      const status = rule(host, guard)
      const msg = 'rejecting HTTP request to prevent DNS rebinding attacks'
      if (status === 421) writer.write(Buffer.from(`${JSON.stringify({ level: 'warn', msg, host })}\n`))
      if (status !== null)
        response.writeHead(status).end('{"etcdserver":"3.6.16"}'.slice(0, status === 200 ? 99 : 0))
    })
    const { context } = standIn(await listening(server), { limit })
    closing.push(() => (server.closeAllConnections(), server.close()))
    const world = {
      ...context,
      spec,
      started: () => ['m1'],
      queries: () => [],
      subject: { etcd: '3.6.16', go: '1.26.10' },
      member: () => ({ ...context.member('m1'), log }),
      startOf: () => (does(spec) ? ready : ended(1)),
      isAlive: () => Promise.resolve(alive),
      demandSound: () =>
        spec === lost ? Promise.reject(new HarnessError('berth-lost', 'It is gone.')) : Promise.resolve(),
      record: () => ({ members: [...joined, { name: 'm1', set: guard ? [] : [skips] }], certificates: [] }),
      addressMap: { kind: 'single', addresses: [] },
    } as unknown as Prepared['world']
    return { world, setup: [], logs: new CellLogs(world, ['m1']) }
  }
  const pool = new WorldPool<Prepared>({ make, remove: () => Promise.resolve(void told.push('gone')) })
  return { pool, told }
}
/** What takes the guard away. */
const skips = { option: 'peer-skip-client-san-verification', way: 'flag', listener: 'peer' }
const candidate = (name: string) => ({ name, role: 'candidate' as const })
const whitelist = (host: string, guard: boolean) => (guard && host === attacker ? 421 : 200)

async function played(asked: RefuseCell | NoStartCell, play?: Play) {
  const { pool, told } = poolOf(play)
  pool.plan(asked.given)
  const other =
    asked.then.outcome === 'refused' ? (asked as RefuseCell).without : (asked as NoStartCell).unlike
  if (other !== undefined) pool.plan(other)
  const { evidence, record } = await gather(asked, pool, new Stopwatch(), new Trail())
  return {
    told,
    evidence,
    record,
    verdict: judge(asked, { etcd: '3.6.16', go: '1.26.10' }, evidence).verdict,
  }
}

describe('a refusal', () => {
  test('is control, probe, control, probe again, then the probe without the guard', async () => {
    const { told, verdict, evidence } = await played({ ...cell, without: open })
    expect(told).toEqual([
      'm1.etcd.local',
      attacker,
      'm1.etcd.local',
      attacker,
      'gone',
      `open ${attacker}`,
      'gone',
    ])
    expect(verdict).toBe('pass')
    expect([evidence.probe?.log.length, evidence.again?.log.length, evidence.before?.log.length]).toEqual([
      1, 1, 0,
    ])
  })
  test.each([
    ['fail', 'nobody is refused', { rule: () => 200 }],
    ['inconclusive', 'everybody is refused', { rule: () => 421 }],
    ['inconclusive', 'the process is not the same to the end', { alive: false }],
  ])('is %s when %s', async (expected, _, play) => {
    expect((await played(cell, play)).verdict).toBe(expected)
  })
  test.each([
    ['its world', guarded],
    ['the world without the guard', open],
  ])('is nobody’s to judge where the place of a process of %s is gone', async (_, lost) => {
    const play = played({ ...cell, without: open }, { lost })
    await expect(play).rejects.toMatchObject({ code: 'berth-lost' })
  })
  test('is recorded with the candidates of this cell, not with those of the cells before', async () => {
    const { record } = await played(cell)
    expect(record.members).toEqual([candidate('own'), { name: 'm1', set: [] }])
    expect(record).not.toHaveProperty('elsewhere')
  })
  test('is recorded with what only the world without the guard sets', async () => {
    expect((await played({ ...cell, without: open })).record.elsewhere).toEqual([skips])
  })
  test('fails when only the first is refused', async () => {
    let asked = 0
    const once = (host: string) => (host === attacker && asked++ === 0 ? 421 : 200)
    expect((await played(cell, { rule: once })).verdict).toBe('fail')
  })
  test('is inconclusive when the world without the guard refuses, too', async () => {
    const { verdict } = await played(
      { ...cell, without: open },
      { rule: (host) => (host === attacker ? 421 : 200) },
    )
    expect(verdict).toBe('inconclusive')
  })
  test('ends after the probe where the control met silence', async () => {
    const { told, verdict } = await played(cell, { rule: () => null, limit: 150 })
    expect(told).toEqual(['m1.etcd.local', attacker, 'gone'])
    expect(verdict).toBe('inconclusive')
  })
  test('that needs no other world leaves that to the last cell that does', async () => {
    const { pool, told } = poolOf({ starts: (spec) => spec !== guarded })
    for (const spec of [guarded, open, open]) pool.plan(spec)
    const playOf = (asked: RefuseCell) => gather(asked, pool, new Stopwatch(), new Trail())
    await playOf({ ...cell, without: open })
    await playOf({ ...cell, given: open })
    expect(told.filter((what) => what === 'gone')).toHaveLength(2)
  })
  test('of a world that did not start needs no other world', async () => {
    const { told, verdict } = await played({ ...cell, without: open }, { starts: () => false })
    expect([told, verdict]).toEqual([['gone'], 'inconclusive'])
  })
})

describe('a process that must not start', () => {
  const none: NoStartCell = {
    given: guarded,
    when: starts(),
    then: notStarted(),
    because: { failure: 'peer-certificate-without-key' },
    unlike: open,
  }
  test('is compared with the world that starts', async () => {
    const { told, evidence } = await played(none, { starts: (spec) => spec === open })
    expect(evidence.control?.process?.ready).toBe(true)
    expect(told).toEqual(['gone', 'gone'])
  })
  test('that starts is not compared any more', async () => {
    const { told, verdict } = await played(none)
    expect([told, verdict]).toEqual([['gone'], 'fail'])
  })
})
