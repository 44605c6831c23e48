import { expect, test } from 'vitest'
import { tlsInWords } from './in-words.ts'

const good = { cn: 'client' }

test('probe and control differ in words where they differ in one thing', () => {
  const said = [
    tlsInWords('https', { as: good }),
    tlsInWords('https', {}),
    tlsInWords('https', { as: { ...good, notBefore: '-2d', notAfter: '-1d' } }),
    tlsInWords('https', { as: { ...good, notBefore: '+1d', notAfter: '+2d' } }),
    tlsInWords('https', { as: { ...good, issuer: 'other' } }),
    tlsInWords('https', { as: { ...good, issuer: 'self' } }),
    tlsInWords('https', { as: { ...good, usages: ['serverAuth'] } }),
    tlsInWords('https', { as: good, version: '1.2' }),
    tlsInWords('https', { as: good, ciphers: ['ECDHE-RSA-AES128-GCM-SHA256'] }),
  ]
  expect(new Set(said).size).toBe(said.length)
  expect(said[2]).toBe(', with the certificate client (expired)')
  expect(said[0]).toBe(', with the certificate client')
})
