import { describe, expect, test } from 'vitest'
import type { Observation } from '../probe/observation.ts'
import { cluster, http, refused, type RefuseCell } from '../scenario/index.ts'
import { parseLogLine } from '../world/parse-log-line.ts'
import { judge } from './judge.ts'
import { evidence, ok, seen } from './testing/seen.ts'

/** A member turns away the proxy that was asked; the other proxy is the control. */
const build = { etcd: '3.5.35', go: '1.26.10' }
const ask = http({ to: 'bad', scheme: 'http', path: '/v2/keys/' })
const cell = (proxyAt: 'client' | 'peer'): RefuseCell => ({
  given: cluster({ members: { m1: { options: {} }, bad: { role: 'proxy', options: {} } } }),
  when: ask,
  then: refused({ by: 'm1' }),
  because: { reason: 'unknown-authority', proxyAt },
  unlike: ask,
})
const line = (listener: 'client' | 'peer', error: string, from = '10.138.1.9') =>
  parseLogLine(
    JSON.stringify({
      level: 'warn',
      msg: `rejected connection on ${listener} endpoint`,
      'remote-addr': `${from}:41000`,
      error,
    }),
    7,
  )
const unknown = 'tls: failed to verify certificate: x509: certificate signed by unknown authority'
const answer = (status: number, message: string, log: Observation['log']) =>
  seen({ to: '10.138.1.9:2379', http: { status, headers: {}, body: JSON.stringify({ message }) }, log })
const noEndpoint = 'httpproxy: unable to get response from 1 endpoint(s)'
const none = 'httpproxy: zero endpoints currently available'

const verdictOf = (at: 'client' | 'peer', probe: Observation, log: Observation['log'] = []) =>
  judge(
    cell(at),
    build,
    evidence({
      before: { ...ok, localPort: 1, to: '10.138.1.8:2379' },
      probe: { ...probe, localPort: 2 },
      after: { ...ok, localPort: 3, to: '10.138.1.8:2379' },
      again: { ...probe, localPort: 4 },
      log,
    }),
  ).verdict

describe('a proxy that a member turns away', () => {
  test.each([
    ['pass', 'client', answer(502, noEndpoint, [line('client', unknown)])],
    ['pass', 'peer', answer(503, none, [line('peer', unknown)])],
    // The other listener's answer, or its line, is another refusal.
    ['inconclusive', 'client', answer(503, none, [line('client', unknown)])],
    ['inconclusive', 'client', answer(502, noEndpoint, [line('peer', unknown)])],
    ['inconclusive', 'peer', answer(502, noEndpoint, [line('peer', unknown)])],
    ['inconclusive', 'client', answer(502, noEndpoint, [line('client', 'EOF')])],
    ['inconclusive', 'client', answer(502, noEndpoint, [])],
    ['inconclusive', 'client', answer(502, 'another message', [line('client', unknown)])],
    ['fail', 'client', answer(200, '', [])],
  ] as const)('%s at its %s listener: %#', (expected, at, probe) => {
    expect(verdictOf(at, probe)).toBe(expected)
  })

  test('the control, a proxy of its own, must not be in the log', () => {
    const probe = answer(502, noEndpoint, [line('client', unknown)])
    expect(verdictOf('client', probe, [line('client', unknown)])).toBe('pass')
    expect(verdictOf('client', probe, [line('client', unknown, '10.138.1.8')])).toBe('inconclusive')
  })
})
