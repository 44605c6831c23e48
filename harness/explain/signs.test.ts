import { expect, test } from 'vitest'
import { shaped } from '../../fixtures/pki/shaped.ts'
import { readCertificate } from './certificate.ts'
import { checksOf, deciding, good, now, root, told } from './testing/ask.ts'
import { curve, rsa, type Pair } from './testing/minted.ts'

const of = (key: Pair) => [readCertificate(shaped(good, now, root, key).der)]
const old = { etcd: '3.6.0', go: '1.23.9' }

// Seen on etcd 3.7.3 with curl: P-224 is served under TLS 1.2 only, and serves nobody.
test.each([
  ['P-224', curve('P-224'), '1.3', 'refused'],
  ['P-224', curve('P-224'), undefined, 'refused'],
  ['P-224', curve('P-224'), '1.2', 'accepted'],
  ['P-521', curve('P-521'), '1.3', 'accepted'],
  ['RSA of 512 bits', rsa(512), '1.3', 'refused'],
  ['RSA of 512 bits', rsa(512), '1.2', 'accepted'],
  ['RSA of 768 bits', rsa(768), '1.3', 'accepted'],
] as const)('a client with a key on %s: %#', (_, key, tls, verdict) => {
  const found = told({ cert: of(key), build: old, ...(tls && { tls }) })
  expect([found.verdict, deciding(found)]).toEqual([verdict, verdict === 'refused' ? 'key' : undefined])
  expect(checksOf(found).filter(({ id }) => id === 'key')).toHaveLength(1)
})

test.each([
  ['1.3', 'refused'],
  ['1.2', 'cannot tell'],
] as const)("etcd's own key on P-224 under TLS %s: %s", (tls, verdict) => {
  const server = of(curve('P-224'))
  expect(told({ cert: of(curve('P-256')), server, tls, build: old }).judgements[0]?.verdict).toBe(verdict)
})
