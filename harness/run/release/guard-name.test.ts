import { expect, test } from 'vitest'
import { changed, etcd, http, refused } from '../../scenario/index.ts'
import type { RefuseCell } from '../../scenario/claim.ts'
import { withGuardName } from './guard-name.ts'

const skip = 'peer-skip-client-san-verification'
const guarded = etcd({ options: { name: 'm1' } })
const probe = http({ scheme: 'https', path: '/version' })
const cell: RefuseCell = {
  given: guarded,
  when: probe,
  then: refused(),
  because: { reason: 'dns-san-mismatch' },
  unlike: probe,
  without: changed(guarded, { [skip]: true }),
}
const optionsWithout = (etcdVersion: string) =>
  (withGuardName(cell, etcdVersion) as RefuseCell).without?.members['m1']?.options

test.each(['3.6.0', '3.6.16', '3.7.3'])('%s has the name', (version) => {
  expect(optionsWithout(version)).toEqual({ name: 'm1', [skip]: true })
})
test.each(['3.4.25', '3.5.35'])('%s has the older name', (version) => {
  expect(optionsWithout(version)).toEqual({ name: 'm1', [`experimental-${skip}`]: true })
})
test.each(['3.2.0', '3.2.27', '3.3.0', '3.3.15'])('%s has none, and no such world', (version) => {
  expect(withGuardName(cell, version)).not.toHaveProperty('without')
})
test('another guard than that can be taken away there, too', () => {
  const open = { ...cell, without: changed(guarded, { 'client-cert-auth': false }) }
  expect(withGuardName(open, '3.3.0')).toEqual(open)
})
test('what the claim asks for keeps its name', () => {
  const asking = { ...cell, given: changed(guarded, { [skip]: true }) }
  expect(withGuardName(asking, '3.4.25').given).toBe(asking.given)
  expect(withGuardName({ ...cell, without: undefined }, '3.4.25')).not.toHaveProperty('without.members')
})
