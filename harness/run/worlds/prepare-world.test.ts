import { expect, test } from 'vitest'
import type { Subject } from '../../subject/subject.ts'
import type { Ground } from '../../world/world.ts'
import { Stopwatch } from '../gather/stopwatch.ts'
import { worldMaker, type Prepared } from './prepare-world.ts'
import type { WorldEnd } from './world-end.ts'

test('a world is asked what ended before it is taken away, which ends all', async () => {
  let gone = false
  const end = { member: 'm1', exit: 2, seen: false, log: [] }
  const world = {
    unorderedEnds: () => Promise.resolve(gone ? [] : [end]),
    [Symbol.asyncDispose]: () => Promise.resolve(void (gone = true)),
  } as unknown as Prepared['world']
  const told: WorldEnd[] = []
  const onEnd = (one: WorldEnd) => void told.push(one)
  const maker = worldMaker({} as Subject, {} as Ground, new Stopwatch(), onEnd)
  await maker.remove({ world, setup: [], logs: {} } as unknown as Prepared, ['a', 'b'])
  expect(told).toEqual([{ cells: ['a', 'b'], end }])
  expect(gone).toBe(true)
})
