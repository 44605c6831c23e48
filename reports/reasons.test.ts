import { expect, test } from 'vitest'
import { reasonsOf } from './reasons.ts'

test('what the second probe repeats is told with the first', () => {
  const why = [
    'the probe is refused; seen: HTTP 200',
    'status 421; seen: HTTP 200',
    'the same probe is refused again; seen: HTTP 200',
    'status 421; seen: HTTP 200',
  ]
  expect(reasonsOf({ why })).toEqual([
    'the probe is refused; seen: HTTP 200 (both times)',
    'status 421; seen: HTTP 200 (both times)',
  ])
})

test('what differs the second time is told on its own, and so is what is no check', () => {
  const why = [
    'the probe is refused; seen: HTTP 200',
    'the same probe is refused again; seen: nobody listens there',
    'no-container: gone',
  ]
  expect(reasonsOf({ why })).toEqual(why)
})
