import { describe, expect, test } from 'vitest'
import type { Observation, SeenCertificate } from '../probe/observation.ts'
import {
  curl,
  etcd,
  http,
  notStarted,
  served,
  started,
  starts,
  url,
  type NoStartCell,
  type ServeCell,
  type StartCell,
} from '../scenario/index.ts'
import { parseLogLine } from '../world/parse-log-line.ts'
import { judge } from './judge.ts'
import { alerted, build, ended, evidence, ok, ready, seen } from './testing/seen.ts'

const given = etcd({ client: 'https', options: {} })
const ask = http({ scheme: 'https', path: '/version' })

describe('a served answer with a control', () => {
  const cell: ServeCell = { given, when: ask, then: served({ contains: ['<version>'] }), unlike: ask }
  const verdict = (after: Observation | undefined, alive = true) =>
    judge(cell, build, evidence({ probe: ok, ...(after && { after }), alive })).verdict

  test.each([
    ['pass', 'is turned away', alerted(42, 'bad_certificate', [])],
    ['pass', 'is answered with an error', seen({ http: { status: 421, headers: {}, body: '' } })],
    ['inconclusive', 'is served', ok],
    ['inconclusive', 'is served another text', seen({ http: { status: 200, headers: {}, body: 'else' } })],
    ['inconclusive', 'meets silence', seen({ closed: { how: 'limit', after: 5000 } })],
    ['inconclusive', 'finds nobody', seen({ connected: false, closed: { how: 'refused', after: 1 } })],
    ['inconclusive', 'was not tried', undefined],
  ])('is %s when the control %s', (expected, _, after) => {
    expect(verdict(after)).toBe(expected)
  })
  const itself = seen({
    tls: { handshake: true, verified: 'another name' },
    closed: { how: 'ours', after: 1 },
  })
  const asking = (trust?: string) =>
    http({ scheme: 'https', path: '/version', ...(trust !== undefined && { tls: { trust } }) })
  const curling = (...args: string[]) => curl({ args: [...args, url('/version')] })
  test.each([
    ['inconclusive', 'one that trusts the same', asking(), asking()],
    ['pass', 'one that trusts nobody', asking(), asking('nobody')],
    ['inconclusive', 'a curl that trusts the same', curling('-s'), curling('-v', '--cert', 'x')],
    ['pass', 'a curl that verifies', curling('-k'), curling()],
  ])('is %s when the control is %s, and ends it by itself', (expected, _, when, unlike) => {
    const after = unlike.kind === 'curl' ? seen({ command: { exit: 60, stdout: '', stderr: '' } }) : itself
    expect(judge({ ...cell, when, unlike }, build, evidence({ probe: ok, after })).verdict).toBe(expected)
  })
  test('is inconclusive when the process ended, or is another one now', () => {
    expect(verdict(alerted(42, 'bad_certificate', []), false)).toBe('inconclusive')
  })
  test('is inconclusive when an act of the setup was not served', () => {
    const setup = [seen({ grpc: { code: 'PERMISSION_DENIED', details: '' } })]
    expect(judge({ ...cell }, build, evidence({ probe: ok, setup })).verdict).toBe('inconclusive')
  })
})

describe('a certificate with the names that are asked for', () => {
  const names = ['IP Address:10.138.0.2', 'DNS:m1.etcd.local']
  const cell: ServeCell = { given, when: ask, then: served({ names }) }
  const page = (text: string) => text.replaceAll('172.16.0.2', '10.138.0.2')
  const verdict = (shown: string | undefined) => {
    const server = { names: shown, subject: '', serial: '' } as unknown as SeenCertificate
    const tls = { handshake: true, ...(shown === undefined ? {} : { server }) }
    return judge(cell, build, evidence({ probe: { ...ok, tls } }), page).verdict
  }
  test.each([
    ['pass', 'DNS:m1.etcd.local, IP Address:172.16.0.2'],
    ['fail', 'IP Address:172.16.0.2'],
    ['fail', 'DNS:m1.etcd.local, IP Address:172.16.0.2, DNS:localhost'],
    ['fail', 'DNS:m1.etcd.local, IP Address:172.16.0.27'],
    ['fail', ''],
    ['fail', undefined],
  ])('is %s when it has %s', (expected, shown) => {
    expect(verdict(shown)).toBe(expected)
  })
})

describe('a start', () => {
  const cell: StartCell = { given, when: starts(), then: started({ logs: ['TLS'] }) }
  const log = [parseLogLine('{"msg":"serving with TLS"}', 0)]
  const empty: StartCell = { ...cell, then: started({ logs: [''] }) }
  test.each([
    ['pass', 'serves and says it', cell, evidence({ log })],
    ['fail', 'serves and does not say it', cell, evidence()],
    ['fail', 'must say nothing at all', empty, evidence({ log })],
    [
      'fail',
      'says that it serves and answers nobody',
      cell,
      evidence({ start: { ...ready, answered: false }, log }),
    ],
    ['fail', 'ends', cell, evidence({ start: ended(1), alive: false, log })],
    ['fail', 'serves and ends a moment later', cell, evidence({ log, alive: false })],
    [
      'inconclusive',
      'neither serves nor ends',
      cell,
      evidence({ start: seen({ process: { ready: false, after: 20_000 } }), log }),
    ],
  ])('is %s when etcd %s', (expected, _, asked, what) => {
    expect(judge(asked, build, what).verdict).toBe(expected)
  })
})

describe('a process that must not start', () => {
  const cell: NoStartCell = {
    given,
    when: starts(),
    then: notStarted(),
    because: { failure: 'peer-certificate-without-key' },
    unlike: given,
  }
  const said = (error: string) =>
    parseLogLine(JSON.stringify({ level: 'fatal', msg: 'discovery failed', error }), 9)
  const reason = said('KeyFile and CertFile must both be present[key: , cert: /etc/etcd-tls/x.pem]')
  const verdict = (start: Observation, control: Observation) =>
    judge(cell, build, evidence({ start, control, alive: false })).verdict

  test.each([
    ['pass', 'it ends for the reason and the control starts', ended(1, reason), ready],
    [
      'inconclusive',
      'the port is taken',
      ended(1, said('listen tcp 10.138.0.2:2380: bind: address already in use')),
      ready,
    ],
    [
      'inconclusive',
      'the folder cannot be written',
      ended(1, said('cannot access data directory: permission denied')),
      ready,
    ],
    ['inconclusive', 'the exit status is another', ended(2, reason), ready],
    ['inconclusive', 'it was killed before it said why', ended(137), ready],
    ['inconclusive', 'the control does not start either', ended(1, reason), ended(1, reason)],
    [
      'inconclusive',
      'it neither serves nor ends',
      seen({ process: { ready: false, after: 20_000 }, log: [reason] }),
      ready,
    ],
    ['fail', 'it serves', ready, ready],
  ])('is %s when %s', (expected, _, start, control) => {
    expect(verdict(start, control)).toBe(expected)
  })
  test('is inconclusive when the control was not tried', () => {
    expect(judge(cell, build, evidence({ start: ended(1, reason) })).verdict).toBe('inconclusive')
  })
})
