import { expect, test } from 'vitest'
import { nearestTo } from './nearest.ts'

const names = ['https', 'host-whitelist', 'reload']

test.each([
  ['htps', '; the nearest is "https"'],
  ['Host-Whitelst', '; the nearest is "host-whitelist"'],
  ['list', ''],
  ['https', '; the nearest is "https"'],
  ['raft-election', ''],
  ['', ''],
])('"%s" is told %j', (text, told) => {
  expect(nearestTo(text, names)).toBe(told)
})

test('of no names none is near', () => {
  expect(nearestTo('a', [])).toBe('')
})
