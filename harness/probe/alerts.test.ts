import { expect, test } from 'vitest'
import { alertIn, alertName, alertNumbers } from './alerts.ts'

test('names are those of the RFCs', () => {
  expect([40, 42, 45, 48, 70, 116].map(alertName)).toEqual([
    'handshake_failure',
    'bad_certificate',
    'certificate_expired',
    'unknown_ca',
    'protocol_version',
    'certificate_required',
  ])
  expect(alertName(255)).toBe('alert_255')
  expect(new Set(alertNumbers.map(alertName)).size).toBe(alertNumbers.length)
})

test('the alert is read from what OpenSSL says, and only from that', () => {
  const text =
    'error:0A00045C:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required:x.c:9:SSL alert number 116'
  expect(alertIn(text)).toEqual({ number: 116, name: 'certificate_required', direction: 'received' })
  expect(alertIn('error:0A00010B:SSL routines::wrong version number')).toBeUndefined()
})
