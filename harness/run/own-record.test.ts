import { expect, test } from 'vitest'
import { ownRecord } from './own-record.ts'

const one = (name: string, role: 'member' | 'candidate') => ({
  ...{ name, role, address: '10.138.0.2', command: [], environment: {} },
})
const world = (...members: ReturnType<typeof one>[]) => ({ members, certificates: [] })

test("a cell's record has the members, and of the candidates its own only", () => {
  const [a, before, after] = [one('a', 'member'), one('b', 'candidate'), one('b', 'candidate')]
  expect(ownRecord(world(a, before, after), world(a, before)).members).toEqual([a, after])
  expect(ownRecord(world(a, before, after), world(a, before)).members[1]).toBe(after)
  expect(ownRecord(world(a), world(a)).members).toEqual([a])
})
