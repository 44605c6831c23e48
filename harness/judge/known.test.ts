import { describe, expect, test } from 'vitest'
import type { Seen } from '../scenario/claim.ts'
import type { Observation } from '../probe/observation.ts'
import { parseLogLine } from '../world/parse-log-line.ts'
import { declaredFor, holdAgainst } from './known.ts'
import { printedChecks } from './printed.ts'
import { dialLine, turnedAway } from './testing/members.ts'
import { alerted, build, ended, ok, rejected, seen } from './testing/seen.ts'

const deviation = (wanted: Seen) => ({ verdict: 'fail' as const, seen: wanted, why: 'not so' })
const stale = (wanted: Seen, probe: Observation | undefined, verdict: 'fail' | 'drift' | 'pass' = 'fail') =>
  holdAgainst(deviation(wanted), verdict, probe, [rejected('EOF')])?.stale

describe('a declaration', () => {
  test.each([
    [true, { builds: '<3.4.0' }, '3.3.27'],
    [false, { builds: '<3.4.0' }, '3.4.0'],
    [true, { builds: '<3.7.0' }, '3.7.0-rc.1'],
    [true, { builds: '>=3.6.0' }, '3.7.0-rc.1'],
    [true, { go: '>=1.21' }, '3.6.16'],
    [false, { go: '<1.21' }, '3.6.16'],
    [false, { builds: '<3.4.0', go: '>=1.21' }, '3.6.16'],
    [true, {}, '3.6.16'],
  ])('speaks %s: %o of etcd %s', (speaks, range, etcd) => {
    const known = { ...deviation({}), ...range }
    expect(declaredFor(known, { ...build, etcd })).toEqual(speaks ? [known] : [])
  })

  const observed: readonly (readonly [Seen, Seen, Observation])[] = [
    [{ alert: 42 }, { alert: 40 }, alerted(42, 'bad_certificate', [])],
    [{ status: 200 }, { status: 421 }, ok],
    [{ grpc: 'OK' }, { grpc: 'UNAVAILABLE' }, seen({ grpc: { code: 'OK', details: '' } })],
    [{ exit: 59 }, { exit: 35 }, seen({ command: { exit: 59, stdout: '', stderr: '' } })],
    [{ exit: 2 }, { exit: 1 }, ended(2)],
    [{ suite: 'TLS_AES_128_GCM_SHA256' }, { suite: 'TLS_AES_256_GCM_SHA384' }, ok],
    [{ tls: '1.3' }, { tls: '1.2' }, ok],
    [{ started: false }, { started: true }, ended(2)],
    [{ body: /etcdserver/ }, { body: /nothing/ }, ok],
    [{ error: /ECONN/ }, { error: /EPIPE/ }, seen({ error: { code: 'ECONNRESET', message: '' } })],
    [{ log: /bad cert/ }, { log: /EOF/ }, seen({ log: [rejected('bad cert')] })],
    [{ unlogged: /bad cert/ }, { unlogged: /EOF/ }, seen({ log: [rejected('bad cert')] })],
  ]
  const question = (from: string, type: string, name = 'b.com') => ({ from, type, name, rcode: 'NOERROR' })
  const deed = turnedAway([], [dialLine('tls: bad certificate')])
  test.each([
    [{ said: /bad certificate/ }, { said: /expired/ }, deed],
    [{ asked: 'A b.com' }, { asked: 'A c.com' }, { ...ok, dns: [question('10.138.1.2', 'A')] }],
    [
      { asked: 'AAAA b.com' },
      { asked: 'A b.com' },
      { ...ok, dns: [question('10.138.1.2', 'AAAA'), question('10.138.1.3', 'A')] },
    ],
  ])('of %o is not one of %o, either', (right, wrong, probe) => {
    expect([stale(right, probe), stale(wrong, probe)]).toEqual([false, true])
  })
  test("of a question about an address speaks of the page's", () => {
    const probe = { ...ok, dns: [question('10.138.1.2', 'PTR', '10.138.1.3')] }
    const declared = (name: string) =>
      holdAgainst(deviation({ asked: `PTR ${name}` }), 'fail', probe, [], (text) =>
        text.replaceAll('10.138.1.', '10.138.0.'),
      )
    expect(declared('10.138.0.3')?.stale).toBe(false)
    expect(declared('10.138.1.3')?.stale).toBe(true)
  })
  test.each(observed)('of %o is not one of %o', (right, wrong, probe) => {
    expect([stale(right, probe), stale(wrong, probe)]).toEqual([false, true])
  })

  test('is stale when only a part of its evidence is seen', () => {
    expect(stale({ status: 200, tls: '1.3' }, ok)).toBe(false)
    expect(stale({ status: 200, tls: '1.2' }, ok)).toBe(true)
  })
  test('says nothing of a log that was not seen', () => {
    expect(holdAgainst(deviation({ unlogged: /EOF/ }), 'fail', ok, [])?.stale).toBe(true)
  })
  test('is stale when the verdict is another, or nothing was observed', () => {
    expect(stale({ status: 200 }, ok, 'drift')).toBe(true)
    expect(stale({ status: 200 }, ok, 'pass')).toBe(true)
    expect(stale({ status: 200 }, undefined)).toBe(true)
  })
})

describe('what the page prints', () => {
  const log = [parseLogLine('{"msg":"of another connection","error":"x509: valid for 10.0.0.1"}', 0)]
  const logical = (text: string) => text.replaceAll('10.138.1.2', '127.0.0.1')
  const met = (printed: Parameters<typeof printedChecks>[0], what: Observation) =>
    printedChecks(printed, what, log, logical).map((one) => one.met)

  test('is compared after addresses are mapped back', () => {
    const probe = seen({ log: [rejected('valid for 10.138.1.2')] })
    expect(met({ text: 'valid for 127.0.0.1' }, probe)).toEqual([true])
    expect(met({ text: 'valid for 10.138.1.2' }, probe)).toEqual([false])
  })
  test('is shown as it was said, from its line on, and told where it is cut', () => {
    const shown = (text: string, what: Observation) => printedChecks({ text }, what, log, logical)[0]?.seen
    const long = `not for 10.138.1.2 ${'x'.repeat(400)}`
    const probe = seen({ log: [rejected('EOF'), rejected(long)] })
    expect(shown('not for 127.0.0.1', probe)).toMatch(/^[^\n]*not for 10\.138\.1\.2 x+…$/)
    expect(shown('not for 127.0.0.2', probe)).toMatch(/^[^\n]*EOF/)
  })
  test('in the log must be in a line of this connection', () => {
    expect(met({ text: 'x509: valid for 10.0.0.1' }, seen({ log: [rejected('EOF')] }))).toEqual([false])
    expect(met({ text: 'x509: valid for 10.0.0.1' }, seen())).toEqual([false])
  })
  test('of a start may be anywhere in the log', () => {
    expect(met({ text: 'x509: valid for 10.0.0.1' }, ended(1))).toEqual([true])
  })
  test('is found only in the place named', () => {
    const command = { exit: 35, stdout: 'out', stderr: 'err' }
    const probe = seen({ command, error: { code: 'curl 35', message: 'said' } })
    expect(met({ text: 'out', in: 'output' }, probe)).toEqual([true])
    expect(met({ text: 'err', in: 'output' }, probe)).toEqual([true])
    expect(met({ text: 'err', in: 'body' }, probe)).toEqual([false])
    expect(met({ text: 'said', in: 'error' }, probe)).toEqual([true])
    expect(met({ text: 'out', in: 'error' }, probe)).toEqual([false])
  })
  test('is asked piece by piece', () => {
    expect(met({ alert: 42, status: 200, exit: 35 }, alerted(116, 'certificate_required', []))).toEqual([
      false,
      false,
      false,
    ])
    expect(met({ status: 200 }, ok)).toEqual([true])
  })
})
