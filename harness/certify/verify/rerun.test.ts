import { expect, test } from 'vitest'
import { countOf, newSeed, sampleOf } from './rerun.ts'

const cells = Array.from({ length: 50 }, (_, n) => `cell-${String(n)}`)

test('a seed chooses the same cells again, another one others', () => {
  expect(sampleOf(cells, 10, 'a')).toEqual(sampleOf(cells.toReversed(), 10, 'a'))
  expect(sampleOf(cells, 10, 'a')).not.toEqual(sampleOf(cells, 10, 'b'))
  expect(new Set(sampleOf(cells, 99, 'a'))).toEqual(new Set(cells))
  expect(newSeed()).not.toBe(newSeed())
})

test('a number of cells, or all', () => {
  expect([countOf('20'), countOf('all')]).toEqual([20, undefined])
  for (const text of ['0', '-1', 'x', '1.5', ''])
    expect(() => countOf(text)).toThrow(expect.objectContaining({ code: 'bad-rerun', exit: 2 }))
})
