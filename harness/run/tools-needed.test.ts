import { expect, test } from 'vitest'
import { certificateOf, cluster, etcd, http, refused, served, scenario } from '../scenario/index.ts'
import type { Claim } from '../scenario/claim.ts'
import type { WorldSpec } from '../scenario/world.ts'
import type { Subject } from '../subject/subject.ts'
import { toolsNeeded } from './tools-needed.ts'

const subject = (etcdVersion: string) =>
  ({ etcd: etcdVersion, go: '1.26.10', tls: ['1.2', '1.3'] }) as unknown as Subject
const probe = http({ scheme: 'http', path: '/version' })
const plain = etcd({ options: {} })
const named: WorldSpec = { ...plain, dns: {} }
const withService = cluster({
  members: { m1: { options: {} }, discovery: { role: 'service', options: {} } },
})
const asking = (given: WorldSpec, more: object = {}): Claim => ({
  says: 'It is served.',
  given,
  when: probe,
  then: served(),
  ...more,
})
const needed = (claim: Claim, versions = ['3.6.16'], only: string[] = []): string[] => [
  ...toolsNeeded(
    [scenario('security/https', { heading: 'Example 1', claims: { claim } })],
    versions.map(subject),
    only,
  ),
]

test('a world without names needs nothing', () => {
  expect(needed(asking(plain))).toEqual([])
})

test('a world with names needs CoreDNS, the one without the guard too', () => {
  expect(needed(asking(named))).toEqual(['coredns'])
  const refusing = { then: refused(), because: { reason: 'expired' }, unlike: probe, without: named }
  expect(needed(asking(plain, refusing))).toEqual(['coredns'])
})

test('a cell that is not planned, or not asked of any subject, needs nothing', () => {
  expect(needed(asking(named), ['3.6.16'], ['security/cluster/*'])).toEqual([])
  const old = { needs: { etcd: { range: '3.2.9', why: 'the page excepts it' } } }
  expect(needed(asking(named, old))).toEqual([])
  expect(needed(asking(named, old), ['3.6.16', '3.2.9'])).toEqual([])
})

test('a service is the subject itself where that has the v2 API', () => {
  expect(needed(asking(withService), ['3.5.35'])).toEqual([])
  expect(needed(asking(withService), ['3.5.35', '3.6.16'])).toEqual(['v2-service'])
})

test('certificates that cfssl makes need it, wherever they are described', () => {
  const pair = certificateOf({ cn: 'client', madeBy: 'cfssl', profile: 'client' })
  expect(needed(asking(etcd({ options: { 'cert-file': pair } })))).toEqual(['cfssl'])
  const client = http({ scheme: 'https', path: '/', tls: { as: { cn: 'client', madeBy: 'cfssl' } } })
  expect(needed(asking(plain, { when: client }))).toEqual(['cfssl'])
})
