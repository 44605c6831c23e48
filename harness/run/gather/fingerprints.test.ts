import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { certificateOf } from '../../../fixtures/credential.ts'
import { identity } from '../../../fixtures/pki/leaf.ts'
import { standIn } from '../../probe/testing/stand-in.ts'
import { dialled, dials, etcd, http, served, type Cell } from '../../scenario/index.ts'
import { fingerprintsOf, shownBy } from './fingerprints.ts'

const given = etcd({ options: {} })
const pair = { cn: 'm1' }
const asking = http({ scheme: 'https', path: '/' })

test.each<[string, Cell, number]>([
  ['an answer that must show one', { given, when: asking, then: served({ shows: pair }) }, 1],
  ['a dial', { given, when: dials(), then: dialled(pair) }, 1],
  ['an answer that may show any', { given, when: asking, then: served() }, 0],
])('%s names its certificates', (_, cell, count) => {
  expect(shownBy(cell)).toHaveLength(count)
})

test('they are those of the world, by what they describe', async () => {
  const { context } = standIn(0)
  const prints = await fingerprintsOf([pair, { cn: 'other' }], context)
  const minted = new X509Certificate(await context.pem(certificateOf(pair)))
  expect(prints[identity(pair)]).toBe(minted.fingerprint256)
  expect(Object.keys(prints)).toHaveLength(2)
  expect(new Set(Object.values(prints)).size).toBe(2)
})
