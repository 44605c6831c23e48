import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { certificateOf } from '../../../fixtures/credential.ts'
import { createPki } from '../../../fixtures/pki/pki.ts'
import { expire } from './timeline-expire.ts'

const pki = createPki({ authorities: { ca: {} }, resolve: (host) => host, now: () => new Date() })
const context = { pem: (ref: Parameters<typeof pki.file>[0]) => Promise.resolve(pki.file(ref)) }
const brief = { cn: 'brief', key: 'p-256', notAfter: '+1s' } as const

test('waits until the last second of the validity is over, and says when that was', async () => {
  const { validTo } = new X509Certificate(pki.file(certificateOf(brief)))
  expect(await expire(brief, context)).toBe(`the certificate was valid until ${validTo}`)
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(validTo) + 1000)
})

test('what is out of date already is not waited for', async () => {
  const began = performance.now()
  await expire({ cn: 'old', key: 'p-256', notAfter: '-1h' }, context)
  expect(performance.now() - began).toBeLessThan(900)
})

test('a validity of a day is no timeline’s', async () => {
  const wait = expire({ cn: 'long', key: 'p-256' }, context)
  await expect(wait).rejects.toMatchObject({ code: 'too-long-valid', exit: 2 })
})
