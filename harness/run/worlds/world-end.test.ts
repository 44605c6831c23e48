import { expect, test } from 'vitest'
import { endsToTell, type WorldEnd } from './world-end.ts'

const end = (more: Partial<WorldEnd['end']> = {}): WorldEnd['end'] => ({
  member: 'm1',
  exit: 2,
  seen: false,
  log: ['panic: nil'],
  ...more,
})
const kept = (): boolean => true

test('it is told of every cell that the world had served, once each', () => {
  const told = endsToTell([{ cells: ['a', 'b', 'a'], end: end() }], kept)
  const sentence = (other: string) =>
    `m1 ended with exit 2 after this cell, without being told to; its world had served ${other} as well; its last words: "panic: nil"`
  expect([...told]).toEqual([
    ['a', [sentence('b')]],
    ['b', [sentence('a')]],
  ])
})

test('a cell that did not come out well has its own reason', () => {
  const told = endsToTell([{ cells: ['a', 'b'], end: end() }], (cell) => cell === 'a')
  expect([...told.keys()]).toEqual(['a'])
})

test('who has seen it end has told it, unless it came out well all the same', () => {
  const seen = [{ cells: ['a', 'b'], end: end({ seen: true }) }]
  expect(endsToTell(seen, (cell) => cell === 'a').size).toBe(0)
  expect(endsToTell(seen, kept).size).toBe(2)
})

test('of two worlds both are told; many cells are counted, and words of strangers are quoted', () => {
  const cells = Array.from({ length: 9 }, (_, n) => `c${String(n)}`)
  const told = endsToTell(
    [
      { cells, end: end({ log: [] }) },
      { cells: ['c0'], end: end({ member: 'm2', log: ['\u001b[2J'] }) },
    ],
    kept,
  )
  expect(told.get('c0')).toEqual([
    'm1 ended with exit 2 after this cell, without being told to; its world had served c1, c2, c3, c4, c5, c6 and 2 more as well; it logged nothing',
    'm2 ended with exit 2 after this cell, without being told to; its last words: "·[2J"',
  ])
})
