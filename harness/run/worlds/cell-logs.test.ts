import { expect, test } from 'vitest'
import { LogBook } from '../../world/log-book.ts'
import { CellLogs } from './cell-logs.ts'

/** A member whose log the test writes. */
function member() {
  const log = new LogBook()
  const writer = log.writer()
  return { log, say: (text: string) => void writer.write(Buffer.from(`${text}\n`)) }
}

test('a cell sees the start, the setup and its own lines, never another cell’s', () => {
  const { log, say } = member()
  say('started')
  const logs = new CellLogs({ member: () => ({ log }) }, ['m1'])
  say('a little later')
  const first = logs.from('m1')
  say('of the first cell')
  const seen = (of: typeof first) => of.lines().map(({ raw }) => raw)
  expect(seen(first)).toEqual(['started', 'a little later', 'of the first cell'])
  const second = logs.from('m1')
  say('of the second cell')
  expect(seen(second)).toEqual(['started', 'of the second cell'])
})

test('members have each their own', () => {
  const members = { m1: member(), m2: member() }
  const logs = new CellLogs({ member: (name) => members[name as 'm1'] }, ['m1', 'm2'])
  logs.from('m1')
  members.m1.say('one')
  members.m2.say('two')
  const texts = (name: string) =>
    logs
      .from(name)
      .lines()
      .map(({ raw }) => raw)
  expect([texts('m2'), texts('m1')]).toEqual([['two'], []])
})
