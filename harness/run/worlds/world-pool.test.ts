import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { HarnessError } from '../../errors.ts'
import { etcd } from '../../scenario/index.ts'
import { Trail } from '../gather/trail.ts'
import { worldKey, WorldPool, type Maker } from './world-pool.ts'

const one = etcd({ options: { 'host-whitelist': 'one.example' } })
const two = etcd({ options: { 'host-whitelist': 'two.example' } })

/** Worlds that are only numbers, and what was done with them. */
function fake(make: Maker<number>['make'] = () => Promise.resolve(0)) {
  const told: string[] = []
  let made = 0
  const maker: Maker<number> = {
    make: async (spec, trail) => {
      const number = ++made
      told.push(`make ${String(number)}`)
      await make(spec, trail)
      return number
    },
    remove: (world) => {
      told.push(`remove ${String(world)}`)
      return Promise.resolve()
    },
  }
  return { told, maker }
}
const trail = new Trail()
const never = new Promise<never>(() => undefined)

test('equal worlds are one, and it goes after the last planned use', async () => {
  const { told, maker } = fake()
  const pool = new WorldPool(maker)
  for (const spec of [one, one, two]) pool.plan(spec)
  await pool.use(one, trail, () => Promise.resolve(told.push('a')))
  await pool.use(structuredClone(one), trail, () => Promise.resolve(told.push('b')))
  await pool.use(two, trail, () => Promise.resolve(told.push('c')))
  expect(told).toEqual(['make 1', 'a', 'b', 'remove 1', 'make 2', 'c', 'remove 2'])
})

test('a world that was spent is another one for the next', async () => {
  const { told, maker } = fake()
  const pool = new WorldPool(maker)
  for (const spec of [one, one, one]) pool.plan(spec)
  await pool.use(one, trail, (_world, spend) => Promise.resolve(spend()))
  const seen = [1, 2].map(() => pool.use(one, trail, (world) => Promise.resolve(world)))
  expect(await Promise.all(seen)).toEqual([2, 2])
  expect(told).toEqual(['make 1', 'remove 1', 'make 2', 'remove 2'])
})

test('a world that went bad between two uses is another one for the next', async () => {
  const { told, maker } = fake()
  const bad = new Set<number>()
  const pool = new WorldPool({ ...maker, isUsable: (world) => !bad.has(world) })
  for (const spec of [one, one, one]) pool.plan(spec)
  const use = () => pool.use(one, trail, (world) => Promise.resolve(world))
  expect([await use(), await use()]).toEqual([1, 1])
  bad.add(1)
  expect(await use()).toBe(2)
  expect(told).toEqual(['make 1', 'remove 1', 'make 2', 'remove 2'])
})

test('a world that goes is told which cells had it, and only those that had this one', async () => {
  const gone: (readonly string[])[] = []
  const bad = new Set<number>()
  const { maker } = fake()
  const remove = (_: number, served: readonly string[]) => Promise.resolve(void gone.push(served))
  const pool = new WorldPool({ ...maker, remove, isUsable: (world) => !bad.has(world) })
  for (let n = 0; n < 4; n++) pool.plan(one)
  const use = (cell: string) => pool.use(one, new Trail(cell), (world) => Promise.resolve(world))
  expect([await use('a'), await use('b')]).toEqual([1, 1])
  bad.add(1)
  expect(await use('c')).toBe(2)
  expect(gone).toEqual([['a', 'b']])
  await pool[Symbol.asyncDispose]()
  expect(gone).toEqual([['a', 'b'], ['c']])
})

test('a flag is the way options go anyway; another way is another world', () => {
  const way = (text: 'flag' | 'variable') =>
    worldKey(etcd({ options: one.members['m1']?.options ?? {}, way: text }))
  expect(way('flag')).toBe(worldKey(one))
  expect(way('variable')).not.toBe(worldKey(one))
})

test('a world without an option of the base is another one', () => {
  const bare = {
    ...one,
    members: { m1: { options: { ...one.members['m1']?.options, 'election-timeout': undefined } } },
  }
  expect(worldKey(bare)).not.toBe(
    worldKey({ ...one, members: { m1: { options: one.members['m1']?.options ?? {} } } }),
  )
})

test('one cell at a time has the world', async () => {
  const { told, maker } = fake()
  const pool = new WorldPool(maker)
  pool.plan(one)
  pool.plan(one)
  const first = Promise.withResolvers<undefined>()
  const act = (name: string, end: Promise<unknown>) => async () => {
    told.push(`${name} in`)
    await end
    told.push(`${name} out`)
  }
  const both = [pool.use(one, trail, act('a', first.promise)), pool.use(one, trail, act('b', setImmediate()))]
  await setImmediate()
  expect(told).toEqual(['make 1', 'a in'])
  first.resolve(undefined)
  await Promise.all(both)
  expect(told).toEqual(['make 1', 'a in', 'a out', 'b in', 'b out', 'remove 1'])
})

test('a start that fails is each cell’s own error and hangs nobody', async () => {
  const { told, maker } = fake(() => Promise.reject(new HarnessError('no-container', 'no')))
  const pool = new WorldPool(maker)
  for (const spec of [one, one, two]) pool.plan(spec)
  const uses = [one, one, two].map((spec) => pool.use(spec, trail, () => Promise.resolve('served')))
  const settled = await Promise.allSettled(uses)
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(told.filter((what) => what.startsWith('remove'))).toEqual([])
})

test('a cell that hangs is given up, told what it waited for, and leaves its world to nobody', async () => {
  const { told, maker } = fake()
  const pool = new WorldPool(maker, 30)
  pool.plan(one)
  pool.plan(one)
  const hangs = pool.use(one, new Trail(), () => never)
  const named = new Trail()
  named.now = 'the probe'
  const next = pool.use(one, named, (world) => Promise.resolve(world))
  await expect(hangs).rejects.toMatchObject({ code: 'cell-limit' })
  await expect(next).resolves.toBe(2)
  expect(told).toEqual(['make 1', 'remove 1', 'make 2', 'remove 2'])
})

test('the limit names the step', async () => {
  const pool = new WorldPool(fake().maker, 20)
  pool.plan(one)
  const steps = new Trail()
  const use = pool.use(one, steps, () => steps.step('the control after the probe', () => never))
  await expect(use).rejects.toThrow('Waited 0.02 s for the control after the probe.')
})

test('what is ahead is what is planned and does not stand', async () => {
  const pool = new WorldPool(fake().maker)
  for (const spec of [one, two, two]) pool.plan(spec)
  expect(pool.ahead()).toEqual([one, two])
  expect(await pool.use(two, trail, () => Promise.resolve(pool.ahead()))).toEqual([one])
  expect(pool.ahead()).toEqual([one])
  await pool.skip(one)
  expect(pool.ahead()).toEqual([])
})

test('a use that is skipped counts as one', async () => {
  const { told, maker } = fake()
  const pool = new WorldPool(maker)
  pool.plan(one)
  pool.plan(one)
  await pool.use(one, trail, () => Promise.resolve())
  await pool.skip(one)
  expect(told).toEqual(['make 1', 'remove 1'])
})

test('closing takes the worlds away and starts no new ones', async () => {
  const { told, maker } = fake()
  const pool = new WorldPool(maker)
  for (let n = 0; n < 3; n++) pool.plan(one)
  await pool.use(one, trail, () => Promise.resolve())
  const acting = Promise.withResolvers<undefined>()
  const busy = pool.use(one, trail, () => acting.promise)
  const waiting = pool.use(one, trail, () => Promise.resolve())
  await setImmediate()
  await pool[Symbol.asyncDispose]()
  acting.resolve(undefined)
  await busy
  await expect(waiting).rejects.toMatchObject({ code: 'run-ended' })
  expect(told).toEqual(['make 1', 'remove 1'])
})

test('a world that nobody planned is a mistake of the harness', async () => {
  await expect(new WorldPool(fake().maker).use(one, trail, () => Promise.resolve())).rejects.toThrow(
    'not planned',
  )
})
