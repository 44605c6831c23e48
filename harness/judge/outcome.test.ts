import { describe, expect, test } from 'vitest'
import type { Observation } from '../probe/observation.ts'
import { outcomeOf } from './outcome.ts'
import { alerted, ok, seen } from './testing/seen.ts'

const outcome = (what: Partial<Observation>, expected = {}) => outcomeOf(seen(what), expected).outcome
const http = (status: number, body = '') => ({ http: { status, headers: {}, body } })
const curl = (exit: number | null, more: Partial<Observation> = {}) =>
  seen({ command: { exit, stdout: '', stderr: '' }, closed: { how: 'ours', after: 3 }, ...more })

describe('an answer', () => {
  test.each([
    ['served', 200, {}],
    ['served', 201, {}],
    ['answered', 301, {}],
    ['answered', 404, {}],
    ['served', 404, { status: 404 }],
    ['served', 201, { status: [200, 201] }],
    ['answered', 204, { status: [200, 201] }],
  ])('is %s with status %i where %o is expected', (expected, status, wanted) => {
    expect(outcome(http(status), wanted)).toBe(expected)
  })

  test('must contain everything', () => {
    expect(outcome(http(200, 'a and b'), { contains: ['a', 'b'] })).toBe('served')
    expect(outcome(http(200, 'a and b'), { contains: ['a', 'c'] })).toBe('answered')
  })

  test('that must contain an empty text shows nothing', () => {
    expect(outcome(http(200, 'anything'), { contains: [''] })).toBe('answered')
  })

  test('must be on the suite and version, verified, with the messages sent', () => {
    const suite = 'TLS_AES_128_GCM_SHA256'
    expect(outcome(ok, { suite, tls: '1.3', verified: true })).toBe('served')
    expect(outcome(ok, { suite: 'TLS_AES_256_GCM_SHA384' })).toBe('answered')
    expect(outcome(ok, { tls: '1.2' })).toBe('answered')
    expect(outcome({ ...ok, tls: { handshake: true } }, { verified: true })).toBe('answered')
    expect(outcome(ok, { sent: ['certificate'] })).toBe('answered')
    expect(
      outcome({ ...ok, tls: { handshake: true, sent: ['certificate'] } }, { sent: ['certificate'] }),
    ).toBe('served')
  })

  test.each([
    ['served', 'OK'],
    ['answered', 'PERMISSION_DENIED'],
    ['answered', 'INVALID_ARGUMENT'],
    ['silent', 'UNAVAILABLE'],
    ['silent', 'DEADLINE_EXCEEDED'],
  ])('by gRPC is %s when the code is %s', (expected, code) => {
    expect(outcome({ grpc: { code, details: '' } })).toBe(expected)
  })

  test('to a bare hello is the suite that the server picks', () => {
    const picked = { handshake: false, version: '1.2', suite: 'TLS_RSA_WITH_AES_128_CBC_SHA' } as const
    expect(outcome({ tls: picked })).toBe('served')
    expect(outcome({ tls: picked }, { suite: 'another' })).toBe('answered')
    expect(outcome({ tls: { handshake: false, version: '1.2' }, closed: { how: 'end', after: 1 } })).toBe(
      'turned-away',
    )
  })
})

describe('no answer', () => {
  test.each([
    ['turned-away', alerted(42, 'bad_certificate', [])],
    ['turned-away', seen({ closed: { how: 'end', after: 1 } })],
    ['turned-away', seen({ closed: { how: 'reset', after: 1 } })],
    ['silent', seen({ closed: { how: 'limit', after: 5000 } })],
    ['unreached', seen({ connected: false, closed: { how: 'refused', after: 1 } })],
    ['unreached', seen({ connected: false, closed: { how: 'limit', after: 5000 } })],
    ['client-refused', seen({ tls: { handshake: true, verified: 'self signed certificate' } })],
    [
      'client-refused',
      seen({
        alert: { number: 48, name: 'unknown_ca', direction: 'sent' },
        closed: { how: 'ours', after: 1 },
      }),
    ],
  ])('%s', (expected, what) => {
    expect(outcomeOf(what, {}).outcome).toBe(expected)
  })

  // Exit statuses of curl(1).
  test.each([
    ['turned-away', 16, 'HTTP/2 framing'],
    ['turned-away', 18, 'partial file'],
    ['turned-away', 52, 'empty reply'],
    ['turned-away', 55, 'send failure'],
    ['turned-away', 56, 'receive failure'],
    ['client-refused', 35, 'a handshake that failed, without an alert'],
    ['client-refused', 58, 'a bad certificate of its own'],
    ['client-refused', 60, 'a certificate that it does not trust'],
  ])('of curl is %s with exit %i: %s', (expected, exit) => {
    expect(outcomeOf(curl(exit), {}).outcome).toBe(expected)
  })

  test.each([
    [2, 'ours'],
    [6, 'ours'],
    [7, 'refused'],
    [28, 'limit'],
  ] as const)('of curl that never connected is unreached: exit %i', (exit, how) => {
    const never = curl(exit, { connected: false, closed: { how, after: 1 } })
    expect(outcomeOf(never, {}).outcome).toBe('unreached')
  })

  test('of etcdctl, which does not tell whether it connected, is the client’s', () => {
    const told = seen({ connected: false, command: { exit: 1, stdout: '', stderr: 'Error: no' } })
    expect(outcomeOf(told, {}).outcome).toBe('client-refused')
  })

  test('of curl 35 with etcd’s alert is etcd’s', () => {
    const alert = { number: 40, name: 'handshake_failure', direction: 'received' } as const
    expect(outcomeOf(curl(35, { alert }), {}).outcome).toBe('turned-away')
  })
})
