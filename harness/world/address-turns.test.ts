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
  const from = turns('a', 'b', 'c')
  const had: string[] = []
  expect(Array.from({ length: 5 }, () => used(from, had))).toEqual(['a', 'b', 'c', 'a', 'b'])
})

test('whatever others borrow meanwhile', () => {
  const from = turns('a', 'b', 'c')
  const [one, other]: [string[], string[]] = [[], []]
  const seen = Array.from({ length: 3 }, () => {
    const address = used(from, one)
    for (let n = 0; n < 2; n++) used(from, other)
    return address
  })
  expect(new Set(seen).size).toBe(3)
})

test('where all are lent there are more, which stay', () => {
  const from = turns('a')
  const [first, second] = [from.take([]), from.take([])]
  expect([first.address, second.address]).toEqual(['a', 'more 1'])
  second.giveBack()
  expect(used(from, [])).toBe('more 1')
})
