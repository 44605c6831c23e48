import { expect, test } from 'vitest'
import { createPki } from '../../fixtures/pki/pki.ts'
import { seenCertificate } from '../probe/certificate.ts'
import { madeAlone } from './made.ts'

const pki = createPki({ authorities: { ca: {} }, resolve: (text) => text, now: new Date() })
const shown = (cn: string, issuer = 'self') =>
  seenCertificate(Buffer.from(pki.certificate({ cn, issuer, key: 'p-256' })))
const own = shown('own')
const judged = (...[one, other]: [typeof own, typeof own]) => {
  const { checks, broken } = madeAlone('second', one, other)
  return { met: checks.map(({ met }) => met), broken }
}

test('a certificate that signed itself, with a key of its own', () => {
  expect(judged(own, shown('other'))).toEqual({ met: [true, true], broken: false })
})

test('the same key again is broken, and so is another signature', () => {
  expect(judged(own, own)).toEqual({ met: [true, false], broken: true })
  expect(judged(shown('issued', 'ca'), own)).toEqual({ met: [false, true], broken: true })
  expect(judged(own, shown('issued', 'ca'))).toEqual({ met: [false, true], broken: true })
})

test('what was not seen, or cannot be read, is not proved', () => {
  const unread = own && { ...own, pem: 'hostile' }
  for (const [one, other] of [[undefined, own] as const, [own, undefined] as const, [unread, own] as const])
    expect(judged(one, other)).toEqual({ met: [false], broken: false })
})
