import { expect, test } from 'vitest'
import type { Observation } from '../../probe/observation.ts'
import { http } from '../../scenario/probe.ts'
import { settled } from './settled.ts'

const answers = (...bodies: string[]) => {
  const left = [...bodies]
  const look = () => Promise.resolve({ http: { body: left.shift() ?? bodies.at(-1) } } as Observation)
  return { look, left }
}
const ask = (whileSaying?: string) =>
  http({ scheme: 'http', path: '/', ...(whileSaying === undefined ? {} : { whileSaying }) })

test('an act of a setup is asked again as long as etcd is not there yet', async () => {
  const { look, left } = answers('not yet', 'not yet: wait', 'done', 'too far')
  expect((await settled(ask('not yet'), look)).http?.body).toBe('done')
  expect(left).toEqual(['too far'])
})

test('any other act is asked once, whatever the answer', async () => {
  const { look, left } = answers('not yet', 'done')
  expect((await settled(ask(), look)).http?.body).toBe('not yet')
  expect(left).toEqual(['done'])
})

test('one that never changes is given back at the limit', async () => {
  const began = performance.now()
  expect((await settled(ask('not yet'), answers('not yet').look)).http?.body).toBe('not yet')
  expect(performance.now() - began).toBeGreaterThan(5_000)
}, 10_000)
