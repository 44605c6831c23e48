import { expect, test } from 'vitest'
import { shaped } from '../../fixtures/pki/shaped.ts'
import { readCertificate } from './certificate.ts'
import { dns, now } from './testing/ask.ts'
import { broken } from './name-constraints.ts'

const { constraints } = readCertificate(
  shaped({ cn: ['a'], permitted: dns('a.example'), excluded: dns('bad.a.example') }, now).der,
)
const held = (name: string, go: string): unknown =>
  constraints && broken(constraints, { dns: [name], addressBytes: [], mails: [], uris: [] }, go)

test.each([
  ['a.example', '1.26.10', undefined],
  ['B.A.Example', '1.26.10', undefined],
  ['ba.example', '1.26.10', '"ba.example" is not permitted'],
  ['x.bad.a.example', '1.26.10', '"x.bad.a.example" is excluded'],
  ['*.a.example', '1.26.10', '"*.a.example" covers an excluded name'],
  ['*.a.example', '1.25.0', undefined],
  ['*.a.example', '1.25.5', { unknown: expect.stringMatching(/patch of Go/) as string }],
  ['.a.example', '1.16.3', undefined],
  ['.a.example', '1.23.0', { unknown: expect.stringMatching(/patch of Go/) as string }],
  ['.a.example', '1.26.10', '".a.example" cannot be held against name constraints'],
  ['a.example.', '1.16.3', '"a.example." cannot be held against name constraints'],
])('%s under Go %s', (name, go, expected) => {
  expect(held(name, go)).toEqual(expected)
})
