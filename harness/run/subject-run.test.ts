import { setImmediate } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { HarnessError } from '../errors.ts'
import { etcd, http, scenario, served, started, starts, type Cell, type Claim } from '../scenario/index.ts'
import type { Subject } from '../subject/subject.ts'
import type { Ground } from '../world/world.ts'
import { ended, ready } from '../judge/testing/seen.ts'
import { CellLogs } from './worlds/cell-logs.ts'
import type { Prepared } from './worlds/prepare-world.ts'
import { SubjectRun } from './subject-run.ts'
import type { Maker } from './worlds/world-pool.ts'

const subject = {
  name: '3.6.16@liar',
  etcd: '3.6.16',
  go: '1.26.10',
  tls: ['1.2', '1.3'],
  flags: [],
  reference: 'etcd:3.6.16',
  commands: { etcd: '/etcd' },
} as unknown as Subject
const ground = () => Promise.resolve({} as Ground)
const when = http({ scheme: 'http', path: '/version' })
const claim = (whitelist: string, more: Partial<Cell> = {}): Claim =>
  ({
    says: 'a',
    given: etcd({ options: { 'host-whitelist': whitelist } }),
    when,
    then: served(),
    ...more,
  }) as Claim
const section = (claims: Record<string, Claim>) => scenario('security/test', { heading: 'a', claims })
const never = new Promise<never>(() => undefined)

const startsClaim = claim('y', { when: starts(), then: started() })

/** A world whose process ended at once: no probe is made. */
function endedWorld(start = ended(1)): Prepared {
  const member = { log: { lines: [] } }
  const world = {
    startOf: () => start,
    started: () => ['m1'],
    member: () => member,
    isAlive: () => Promise.resolve(start === ready),
    demandSound: () => Promise.resolve(),
    record: () => ({ members: [], certificates: [] }),
    addressMap: { kind: 'single', addresses: [] },
  } as unknown as Prepared['world']
  return { world, setup: [], logs: new CellLogs(world, ['m1']) }
}

/** A run with worlds of our own; `told` is what was made and removed. */
function runOf(
  claims: Record<string, Claim>,
  make: Maker<Prepared>['make'] = () => Promise.resolve(endedWorld()),
  remove: () => Promise<void> = () => Promise.resolve(),
  chosen: ConstructorParameters<typeof SubjectRun>[2] = { only: [] },
) {
  const told: string[] = []
  const run = new SubjectRun([section(claims)], subject, chosen, () => ({
    make: (spec, trail) => {
      told.push('make')
      return make(spec, trail)
    },
    remove: () => {
      told.push('remove')
      return remove()
    },
  }))
  const ask = (slug: string, on = ground) => run.result(`security/test/${slug}`, on)
  return { run, told, ask }
}

test('after each cell it is told which worlds are yet to come', async () => {
  const told: string[][] = []
  const settled: Ground['settled'] = (ahead) =>
    void told.push(ahead.map(({ members }) => String(members['m1']?.options['host-whitelist'])))
  const { run, ask } = runOf({ a: claim('x'), b: claim('x'), c: claim('y') })
  await Promise.all(['a', 'b', 'c'].map((slug) => ask(slug, () => Promise.resolve({ settled } as Ground))))
  expect(await run.leave([])).toBe(true)
  expect(told).toHaveLength(3)
  expect(told.at(-1)).toEqual([])
  expect(told.flat().every((name) => ['x', 'y'].includes(name))).toBe(true)
})

test('cells of one world share it, and nothing is left', async () => {
  const { run, told, ask } = runOf({ a: claim('x'), b: claim('x'), c: claim('y') })
  const results = await Promise.all(['c', 'b', 'a'].map((slug) => ask(slug)))
  expect(results.map(({ cell, verdict }) => [cell.slice(-1), verdict])).toEqual([
    ['c', 'inconclusive'],
    ['b', 'inconclusive'],
    ['a', 'inconclusive'],
  ])
  expect(await run.leave([])).toBe(true)
  expect(told.toSorted()).toEqual(['make', 'make', 'remove', 'remove'])
})

test('a world that cannot start is told and does not keep the others', async () => {
  const fails = (spec: Cell['given']) =>
    spec.members['m1']?.options['host-whitelist'] === 'x'
      ? Promise.reject(new HarnessError('no-container', 'The engine cannot start it.'))
      : Promise.resolve(endedWorld())
  const { ask } = runOf({ a: claim('x'), b: claim('y') }, fails)
  expect((await ask('a')).why).toEqual(['no-container: The engine cannot start it.'])
  expect((await ask('b')).why[0]).toMatch(/the world starts/)
})

test('without ground every cell is told why', async () => {
  const { ask } = runOf({ a: claim('x') })
  const result = await ask('a', () => Promise.reject(new HarnessError('no-engine', 'No engine.')))
  expect(result).toMatchObject({ verdict: 'inconclusive', why: ['no-engine: No engine.'] })
})

test('a cell that cannot even be looked at hangs nobody', async () => {
  const broken = {
    ...claim('x'),
    get needs(): never {
      throw new Error('a broken claim')
    },
  }
  const { ask } = runOf({ a: claim('y'), broken })
  expect((await ask('broken')).why).toEqual(['harness: a broken claim'])
  expect((await ask('a')).verdict).toBe('inconclusive')
})

test('a cell that is not asked needs no world', async () => {
  const needs = { etcd: { range: '<3.0.0', why: 'it is of old' } }
  const { told, ask, run } = runOf({ a: claim('x', { needs }) })
  expect(await ask('a')).toMatchObject({ verdict: 'not-applicable' })
  expect(await run.leave([])).toBe(true)
  expect(told).toEqual([])
})

test('a stopped run tells what was not done, and ends', async () => {
  const { run, ask } = runOf({ a: claim('x'), b: claim('y'), c: claim('z') }, () => never)
  const waiting = Promise.all(['a', 'b', 'c'].map((slug) => ask(slug)))
  run.stop()
  const results = await waiting
  expect(new Set(results.map(({ why }) => why.join()))).toEqual(
    new Set(['run-ended: The run was ended before this cell was done.']),
  )
})

test('what is seen once the run is stopped is nobody’s: its worlds are being taken away', async () => {
  const seen = Promise.withResolvers<boolean>()
  const gone = Promise.withResolvers<undefined>()
  const looking = Promise.withResolvers<undefined>()
  const dying = endedWorld()
  const world = Object.assign(dying.world, {
    isAlive: () => {
      looking.resolve(undefined)
      return seen.promise
    },
  })
  const remove = (): Promise<void> => {
    // The cell sees its world go, and has all the time it needs.
    seen.resolve(false)
    return gone.promise
  }
  const { run, ask } = runOf({ a: claim('x') }, () => Promise.resolve({ ...dying, world }), remove)
  const result = ask('a')
  await looking.promise
  run.stop()
  await seen.promise
  await setImmediate()
  gone.resolve(undefined)
  expect((await result).why).toEqual(['run-ended: The run was ended before this cell was done.'])
  expect(await run.leave([])).toBe(true)
})

test('what was done before the run was stopped, and nobody waited for, is there; what was not done is not', async () => {
  const done = Promise.withResolvers<undefined>()
  const make: Maker<Prepared>['make'] = ({ members }) =>
    members['m1']?.options['host-whitelist'] === 'x' ? never : Promise.resolve(endedWorld())
  const needs = { etcd: { range: '<3.0.0', why: 'it is of old' } }
  const claims = { a: claim('x'), b: claim('y'), c: claim('z'), d: claim('z', { needs }) }
  const { run, ask } = runOf(claims, make, () => Promise.resolve(done.resolve(undefined)))
  void ask('a')
  await done.promise
  void ask('b')
  await vi.waitFor(() => expect(run.untaken().map(({ cell }) => cell)).toHaveLength(2))
  run.stop()
  expect(
    run
      .untaken()
      .map(({ cell }) => cell)
      .toSorted(),
  ).toEqual(['security/test/c', 'security/test/d'])
})

test('cells are late whose worlds ended by themselves, but for those that did not come out well anyway', async () => {
  const needs = { etcd: { range: '<3.0.0', why: 'it is of old' } }
  const scenarios = [section({ a: startsClaim, b: claim('x'), c: claim('x', { needs }) })]
  const run = new SubjectRun(scenarios, subject, { only: [] }, (_subject, _ground, _watch, onEnd) => ({
    make: () => Promise.resolve(endedWorld(ready)),
    remove: (_, cells) =>
      Promise.resolve(onEnd({ cells, end: { member: 'm1', exit: 2, seen: false, log: [] } })),
  }))
  const slugs = ['a', 'b', 'c']
  const results = await Promise.all(slugs.map((slug) => run.result(`security/test/${slug}`, ground)))
  expect(results.map(({ verdict }) => verdict)).toEqual(['pass', 'inconclusive', 'not-applicable'])
  expect(await run.leave([])).toBe(true)
  expect(run.late().map(({ cell, endedLater }) => [cell.cellId, endedLater])).toEqual([
    ['security/test/a', ['m1 ended with exit 2 after this cell, without being told to; it logged nothing']],
  ])
})

test('a run that was stopped before it began starts nothing', async () => {
  const { run, told, ask } = runOf({ a: claim('x') })
  run.stop()
  expect((await ask('a')).why).toEqual(['run-ended: The run was ended before this cell was done.'])
  expect(await run.leave([])).toBe(true)
  expect(told).toEqual([])
})

test('who has waited for all leaves it when the last world is gone, and not before somebody else has come', async () => {
  const { run, told, ask } = runOf({ a: claim('x'), b: claim('y') })
  await ask('a')
  expect(await run.leave(['security/test/a'])).toBe(false)
  await ask('b')
  expect(await run.leave(['security/test/b'])).toBe(true)
  expect(told.filter((one) => one === 'remove')).toHaveLength(2)
})

test('who leaves without having waited for a cell ends the run: the runner was cancelled', async () => {
  const { run, ask } = runOf({ a: claim('x'), b: claim('y'), c: claim('z') }, () => never)
  const first = ask('a')
  expect(await run.leave(['security/test/a', 'security/test/b'])).toBe(true)
  expect((await first).why).toEqual(['run-ended: The run was ended before this cell was done.'])
})
