import { expect, test } from 'vitest'
import { dialPairs, formRows, membersSeen } from './members-seen.ts'
import { dials, forms, joins } from './testing/sample-claims.ts'
import { ofMembers } from './testing/sample-members.ts'
import { sampleObservation, sampleResult } from './testing/sample-parts.ts'

const told = (claim: string) => membersSeen(sampleResult(claim, 's', ofMembers[claim]?.('plain')))

test('a join: who from where, how far it came, what it said, what was asked of the DNS; probe and control', () => {
  expect(told(joins)).toEqual([
    'probe: candidate b, dialling from 10.138.3.2; added to the list yes; started no, exit 1; listed as started no; written through it, read through the cluster no',
    'probe: b said: error validating peerURLs',
    'probe: asked of the DNS, in this order: PTR 10.138.3.2: NXDOMAIN, A b.etcd.local: no answer',
    'control: candidate b, dialling from 10.138.3.2; added to the list yes; started yes; listed as started yes; written through it, read through the cluster yes',
    'control: asked of the DNS, in this order: PTR 10.138.3.2: NXDOMAIN, A b.etcd.local: no answer',
  ])
})

test('members that form: each with its state and where its key was read', () => {
  expect(told(forms)).toEqual([
    'probe: m1 started; https://m1.etcd.local:2380; its key was read through m2, not through m3',
    'probe: m2 started; https://m2.etcd.local:2380; its key was read through m1, not through m3',
    'probe: m3 not started, exit 1; not listed as started; not through m1, m2',
  ])
})

test('the matrix has a column per member, its own among them', () => {
  const probe = ofMembers[forms]?.('plain').probe
  expect(formRows(probe?.form ?? { members: [] }).map(({ read }) => read)).toEqual([
    ['own', 'yes', 'no'],
    ['yes', 'own', 'no'],
    ['no', 'no', 'own'],
  ])
  const alone = { name: 'm1', started: true, listed: ['http://m1:2380'], readThrough: [] }
  const single = sampleObservation({ form: { members: [alone] } })
  expect(membersSeen(sampleResult('a', 's', { probe: single }))).toEqual([
    'probe: m1 started; http://m1:2380; alone',
  ])
})

test('a dial: the certificate that was shown, or that none was', () => {
  expect(told(dials)).toEqual([
    'probe: dialled from 10.138.3.1:40112; showed CN=peer of m1, serial 3F2A91C7; asked for joiner.etcd.local; TLS 1.3',
  ])
  expect(dialPairs({ from: 'x' })).toContainEqual(['showed', 'no certificate'])
})

test('a cell of requests has nothing of this', () => {
  expect(membersSeen(sampleResult('a', 's'))).toEqual([])
})
