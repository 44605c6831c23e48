import { expect, test } from 'vitest'
import { AddressTurns } from './address-turns.ts'

const turns = (...addresses: string[]) => {
  let more = 0
  return new AddressTurns(addresses, () => `more ${String(++more)}`)
}
/** Borrowed and given back. */
const used = (from: AddressTurns, had: string[]): string => {
  const { address, giveBack } = from.take(had)
  giveBack()
  giveBack()
  return address
}

test('a world has all of them in turn, and then what it had longest ago', () => {
  const from = turns('a', 'b', 'c', 'd', 'e')
  const had: string[] = []
  expect(Array.from({ length: 7 }, () => used(from, had))).toEqual(['a', 'b', 'c', 'd', 'e', 'a', 'b'])
})

test('whatever others borrow meanwhile', () => {
  const from = turns('a', 'b', 'c', 'd', 'e')
  const [one, other]: [string[], string[]] = [[], []]
  const seen = Array.from({ length: 5 }, () => {
    const address = used(from, one)
    for (let n = 0; n < 4; n++) used(from, other)
    return address
  })
  expect(new Set(seen).size).toBe(5)
})

test('where others have all but one of them, too', () => {
  const from = turns('a', 'b', 'c', 'd', 'e')
  for (let n = 0; n < 4; n++) from.take([])
  const had: string[] = []
  for (let n = 0; n < 8; n++) used(from, had)
  for (let n = 0; n <= 3; n++) expect(new Set(had.slice(n, n + 5)).size).toBe(5)
})

test('where all are lent there are more, which stay', () => {
  const from = turns('a')
  const [first, second] = [from.take([]), from.take([])]
  expect([first.address, second.address]).toEqual(['a', 'more 1'])
  second.giveBack()
  expect(used(from, [])).toBe('more 1')
})
