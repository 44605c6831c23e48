import { describe, expect, test } from 'vitest'
import type { CellResult, Observation } from '../../schema.ts'
import { refusal, sampleResult, sampleWorld } from '../../testing/sample-parts.ts'
import { sequenceOf, type Sequence } from './sequence.ts'

const line = (error: string, more = {}): Observation['log'][number] => ({
  ...{ index: 1, raw: error, message: 'rejected connection', error },
  ...more,
})
const seen = (more: Partial<Observation> = {}): Observation => ({
  ...{ probe: 'GET https://m1/version', at: '2026-11-22T14:03:02.000Z', milliseconds: 5 },
  ...{ to: '172.29.4.2:2379', connected: true, answered: true, byHand: [], log: [] },
  ...more,
})
const words = (more: Partial<CellResult>): string[] => {
  const cell = sampleResult('a/b/c', 's', { world: sampleWorld([]), ...more })
  return sequenceLines(sequenceOf(cell) ?? { actors: [], phases: [] })
}

/** The picture in words, a line for each step. */
const sequenceLines = ({ actors, phases }: Sequence): string[] =>
  phases.flatMap(({ title, what, steps }) => [
    `${title}: ${what}`,
    ...steps.map(({ from, to, text }) =>
      from === to
        ? `${actors[from] ?? ''}: ${text}`
        : `${actors[from] ?? ''} to ${actors[to] ?? ''}: ${text}`,
    ),
  ])

describe('the sequence of a cell', () => {
  test('a refusal: who dialled, what was asked of the DNS, which check said no', () => {
    const probe = seen({
      localAddress: '172.29.4.9',
      tls: { handshake: true, version: '1.3', clientCertificateAsked: true },
      dns: [
        { from: '172.29.4.2', type: 'PTR', name: '172.29.4.9', rcode: 'NXDOMAIN' },
        { from: '172.29.4.2', type: 'A', name: 'b.com', rcode: '-' },
      ],
      log: [line('x509: certificate is valid for 10.0.0.1, not 172.29.4.9')],
      alert: { number: 42, name: 'bad_certificate', direction: 'received' },
      closed: { how: 'alert', after: 4 },
      error: { code: 'E', message: 'alert bad certificate' },
    })
    expect(words({ probe })).toEqual([
      'Probe: GET https://m1/version',
      'client at 172.29.4.9 to m1: TLS hello',
      'm1 to client at 172.29.4.9: asks for a certificate',
      'client at 172.29.4.9 to m1: handshake complete, TLS 1.3',
      'm1 to DNS: PTR 172.29.4.9',
      'DNS to m1: NXDOMAIN',
      'm1 to DNS: A b.com',
      'DNS: no answer',
      'm1: says no: x509: certificate is valid for 10.0.0.1, not 172.29.4.9',
      'm1 to client at 172.29.4.9: alert 42 bad_certificate',
    ])
  })

  test('phases stand in the order of time; another world has the same actors', () => {
    const probe = seen({ localAddress: '172.29.4.9', http: { status: 421, headers: {}, body: '' } })
    const control = seen({ at: '2026-11-22T14:03:01.000Z', http: { status: 200, headers: {}, body: '' } })
    const without = seen({
      ...{ at: '2026-11-22T14:03:09.000Z', to: '172.29.5.2:2379', localAddress: '172.29.5.9' },
      http: { status: 200, headers: {}, body: '' },
    })
    const cell = sampleResult('a/b/c', 's', { world: sampleWorld([]), probe, control, without })
    const sequence = sequenceOf(cell)
    expect(sequence?.phases.map(({ title }) => title)).toEqual([
      'Control: differs in one thing',
      'Probe',
      'Without the guard',
    ])
    expect(sequence?.actors).toEqual(['client', 'm1', 'client at 172.29.4.9'])
    expect(sequence?.phases.map(({ steps }) => steps.at(-1)?.tone)).toEqual(['yes', 'no', 'yes'])
  })

  test('whoever else speaks in another world has the name of the last octet', () => {
    const query = (from: string) => ({ from, type: 'A', name: 'b.com', rcode: 'NOERROR' })
    const world = sampleWorld([])
    const c = sampleWorld([], { name: 'c', address: '172.29.4.5' })
    const both = { ...world, members: [...world.members, ...c.members] }
    const probe = seen({ dns: [query('172.29.4.5')] })
    const without = (to: string, from: string) =>
      seen({ at: '2026-11-22T14:03:09.000Z', to, dns: [query(from)] })
    const actors = (to: string, from: string) =>
      sequenceOf(sampleResult('a/b/c', 's', { world: both, probe, without: without(to, from) }))?.actors
    expect(actors('172.29.5.2:2379', '172.29.5.5')).not.toContain('172.29.5.5')
    // No block: its addresses say nothing.
    expect(actors('172.29.5.9:2379', '172.29.5.5')).toContain('172.29.5.5')
  })

  test('a join that is refused ends with the candidate that does not start', () => {
    const join = { who: 'b', address: '172.29.4.3', added: true as const, started: false, exit: 1 }
    const said = [line('remote error: tls: bad certificate')]
    const probe = seen({
      ...{ probe: 'b joins through m1', log: [line('client certificate authentication failed')] },
      join: { ...join, listed: false, writtenAndRead: false, said },
    })
    expect(words({ probe }).slice(1)).toEqual([
      'm1: b is added to the list',
      'b to m1: dials from 172.29.4.3',
      'm1: says no: client certificate authentication failed',
      'b: is told no: remote error: tls: bad certificate',
      'b: does not join: not started, exit 1',
    ])
  })

  test('a start that fails, a member that dials us, members that form', () => {
    const start = seen({
      process: { ready: false, exit: 1, after: 30 },
      log: [line('open key: no such file')],
    })
    expect(words({ probe: start }).slice(1)).toEqual([
      'm1: is started',
      'm1: says no: open key: no such file',
      'm1: ends, exit 1',
    ])
    const dial = seen({ dial: { from: '172.29.4.2', serverName: 'far' } })
    expect(words({ probe: dial }).slice(1)).toEqual([
      'm1 to our listener: TLS hello, asks for far',
      'our listener to m1: asks for a certificate',
      'm1 to our listener: shows no certificate',
    ])
    const member = (name: string, started: boolean) => ({ name, started, listed: [], readThrough: [] })
    const form = seen({ form: { members: [member('m1', true), member('m2', false)] } })
    expect(words({ probe: form }).slice(1)).toEqual(['m1: started', 'm2: does not start'])
  })

  test('the same question is drawn once, and of many questions not all', () => {
    const ask = (name: string) => ({ from: '172.29.4.2', type: 'A', name, rcode: 'NOERROR' })
    const dns = ['a', 'a', 'b', 'c', 'd', 'e', 'f', 'g'].map(ask)
    const told = words({ probe: seen({ dns }) })
    expect(told).toContain('m1 to DNS: A a, 2 times')
    expect(told).toContain('DNS: and 1 more questions, listed below')
  })

  test('nothing is drawn of what did not happen, nor of a timeline', () => {
    const { probe: _probe, ...nothing } = sampleResult('a/b/c', 's')
    expect(sequenceOf(nothing)).toBeUndefined()
    expect(sequenceOf(sampleResult('a/b/c', 's', { probe: refusal(), timeline: [] }))).toBeUndefined()
  })
})
