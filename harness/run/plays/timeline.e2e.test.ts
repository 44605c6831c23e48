import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { certificateOf, keyOf } from '../../../fixtures/credential.ts'
import { makeRunId } from '../../engine/run-id.ts'
import { sweep } from '../../engine/sweep.ts'
import { judge } from '../../judge/judge.ts'
import { observe } from '../../probe/observe.ts'
import { etcd, grpc, http, kept, timeline, type Cell, type Step } from '../../scenario/index.ts'
import { testGround } from '../../testing/ground.ts'
import type { Subject } from '../../subject/subject.ts'
import { mountPoint } from '../../world/mounts.ts'
import { World, type Ground } from '../../world/world.ts'
import { Stopwatch } from '../gather/stopwatch.ts'
import { Trail } from '../gather/trail.ts'
import { playTimeline } from './timeline.ts'

const runId = makeRunId()
let subject: Subject
let ground: Ground
beforeAll(async () => {
  ;({ subject, ground } = await testGround(runId))
})
afterAll(() => sweep({ run: runId }))

const pair = (cn: string) => ({ cn, hosts: ['m1.etcd.local'], key: 'p-256' as const })
const filesOf = (cn: string) => ({ 'cert-file': certificateOf(pair(cn)), 'key-file': keyOf(pair(cn)) })
const probe = http({ scheme: 'https', path: '/version' })
const sees = (name: string, cn: string): Step => ({ do: 'connect', name, probe, shows: pair(cn) })
const worldOf = (files: 'mounted' | 'linked') => etcd({ client: 'https', options: filesOf('first'), files })

async function played(world: World, steps: readonly Step[]) {
  const cell: Cell = { given: world.spec, when: timeline(steps), then: kept() }
  const stage = { world, watch: new Stopwatch(), trail: new Trail() }
  const acts = await playTimeline(timeline(steps), cell, stage)
  const start = world.startOf('m1')
  const alive = await world.isAlive('m1')
  const log = world.member('m1').log.lines
  const judged = judge(cell, subject, { setup: [], start, ...acts, alive, log })
  return { ...judged, steps: acts.steps ?? [] }
}

// Each has a world of its own; an etcd with open connections takes its time to end.
test.concurrent('a process that is started again has its data, its files and its log', async () => {
  await using world = await World.start(subject, worldOf('mounted'), ground)
  const call = { to: 'm1', scheme: 'https' } as const
  await observe(grpc({ ...call, call: 'put', request: { key: 'k', value: 'kept' } }), world)
  const lines = world.member('m1').log.lines.length
  const hold: Step = { do: 'hold', name: 'open', probe }
  const { verdict, why, steps } = await played(world, [
    hold,
    { do: 'rotate', of: 'm1', how: 'rename', files: filesOf('second') },
    { do: 'restart', of: 'm1' },
    sees('after', 'second'),
  ])
  expect({ verdict, why }).toEqual({ verdict: 'pass', why: [] })
  expect(steps[2]?.seen?.process?.ready).toBe(true)
  expect(world.member('m1').log.lines.length).toBeGreaterThan(lines)
  const read = await observe(grpc({ ...call, call: 'range', request: { key: 'k' } }), world)
  expect(read.grpc?.response).toContain('"value":"kept"')
})

test.concurrent(
  'what a timeline changed is as before for the next one; what it did not change is missed',
  async () => {
    await using world = await World.start(subject, worldOf('linked'), ground)
    const rotate: Step = { do: 'rotate', of: 'm1', how: 'symlink', files: filesOf('second') }
    expect((await played(world, [rotate, sees('after', 'second')])).verdict).toBe('pass')
    expect((await played(world, [sees('before', 'first')])).verdict).toBe('pass')
    const missed = await played(world, [sees('after', 'second')])
    expect(missed).toMatchObject({
      verdict: 'fail',
      seen: expect.stringMatching(/seen: CN=first, serial/) as string,
    })
  },
)

test.concurrent('an open connection does not outlive its process, which is told', async () => {
  await using world = await World.start(subject, worldOf('mounted'), ground)
  const hold: Step = { do: 'hold', name: 'open', probe }
  const { verdict, seen } = await played(world, [
    hold,
    { do: 'restart', of: 'm1' },
    { do: 'use', name: 'open' },
  ])
  expect(verdict).toBe('fail')
  expect(seen).toMatch(/^open: the connection that stays open is served; seen: turned-away/)
})

test.concurrent('the folder with the keys goes with its world', async () => {
  const world = await World.start(subject, worldOf('mounted'), ground)
  const folder = dirname(world.member('m1').mount?.hostPath(`${mountPoint}/key-file.pem`) ?? '')
  expect(existsSync(folder)).toBe(true)
  await world[Symbol.asyncDispose]()
  expect(existsSync(folder)).toBe(false)
})
