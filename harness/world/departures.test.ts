import { expect, test } from 'vitest'
import { HarnessError } from '../errors.ts'
import { Departures } from './departures.ts'

const stays = new HarnessError('not-removed', 'The container cannot be removed.')

test('one leaves after the other, also who comes while others leave', async () => {
  const departures = new Departures()
  const seen: string[] = []
  let leaving = 0
  const leaver = (name: string, then?: () => void) => ({
    remove: async () => {
      expect(++leaving).toBe(1)
      await new Promise((resolve) => setTimeout(resolve, 2))
      leaving--
      seen.push(name)
      then?.()
    },
  })
  void departures.add(leaver('a', () => void departures.add(leaver('c'))))
  await departures.add(leaver('b'))
  expect(seen).toEqual(['a', 'b'])
  await departures.over()
  expect(seen).toEqual(['a', 'b', 'c'])
})

test('who cannot go is told at the end, and keeps nobody', async () => {
  const departures = new Departures()
  let gone = false
  await departures.add({ remove: () => Promise.reject(stays) })
  await departures.add({ remove: () => Promise.resolve(void (gone = true)) })
  expect(gone).toBe(true)
  await expect(departures.over()).rejects.toBe(stays)
})
