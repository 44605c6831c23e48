import { expect, test } from 'vitest'
import { ownRecord, withElsewhere } from './own-record.ts'

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

test('what only the other world sets is told beside the record', () => {
  const option = (name: string) => ({ option: name, way: 'flag', listener: 'peer' }) as const
  const setting = (...set: ReturnType<typeof option>[]) => world({ ...one('a', 'member'), set } as never)
  const [ours, skip] = [option('peer-cert-file'), option('peer-skip-client-san-verification')]
  expect(withElsewhere(setting(ours), setting(ours, skip)).elsewhere).toEqual([skip])
  expect(withElsewhere(setting(ours), setting(ours))).not.toHaveProperty('elsewhere')
})
