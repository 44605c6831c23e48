import { describe, expect, test } from 'vitest'
import type { ZoneSpec } from '../../fixtures/zone.ts'
import { zoneTexts } from './dns-zone.ts'

const resolve = (text: string): string =>
  text.replace('@b', '10.138.66.2').replace(/^10\.138\.0\./, '10.138.66.')
const texts = (spec: ZoneSpec) => zoneTexts(spec, resolve)
const records = (spec: ZoneSpec): string[] =>
  texts(spec)
    .zone.split('\n')
    .filter((line) => / IN (A|AAAA|PTR|SRV) /.test(line))

test('forward: the addresses of the world, both families, names in small letters', () => {
  expect(records({ forward: { 'B.com': ['10.138.0.2', '2001:db8::2'], 'c.com': ['@b'] } })).toEqual([
    'b.com. IN A 10.138.66.2',
    'b.com. IN AAAA 2001:db8::2',
    'c.com. IN A 10.138.66.2',
  ])
})

test('reverse: several names, their letters as they are', () => {
  expect(records({ reverse: { '@b': ['x.Example', 'y.example'], '2001:db8::1': ['six.example'] } })).toEqual([
    '2.66.138.10.in-addr.arpa. IN PTR x.Example.',
    '2.66.138.10.in-addr.arpa. IN PTR y.example.',
    '1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. IN PTR six.example.',
  ])
})

test('services', () => {
  const service = [
    { target: 'm1.etcd.local', port: 2380 },
    { target: 'm2.etcd.local', port: 2380, priority: 1, weight: 5 },
  ]
  expect(records({ services: { '_etcd-server-ssl._tcp.etcd.local': service } })).toEqual([
    '_etcd-server-ssl._tcp.etcd.local. IN SRV 0 100 2380 m1.etcd.local.',
    '_etcd-server-ssl._tcp.etcd.local. IN SRV 1 5 2380 m2.etcd.local.',
  ])
})

test('an empty zone is the root, so that every name is answered', () => {
  const { corefile, zone } = texts({})
  expect(zone).toMatch(/^\. IN SOA /m)
  expect(corefile.match(/^\.:53 \{$/gm)).toHaveLength(1)
  expect(corefile).toContain('file /etc/coredns/zone .')
  expect(corefile).not.toContain('forward')
})

describe('faults', () => {
  const { corefile } = texts({
    faults: {
      'lost.com': 'dropped',
      '@b': 'dropped',
      'broken.com': 'servfail',
      'late.com': { delayed: 300 },
      'later.com': { delayed: 600 },
    },
  })
  test('names of one fault share a server, addresses stand for their name backwards', () => {
    expect(corefile).toContain("expr name() in ['lost.com.', '2.66.138.10.in-addr.arpa.']")
    expect(corefile.match(/drop 1/g)).toHaveLength(1)
    expect(corefile).toContain('rcode SERVFAIL')
  })
  test('every delay has its own pair of servers', () => {
    expect(corefile).toContain('delay 1 300ms')
    expect(corefile).toContain('delay 1 600ms')
    const ports = [...corefile.matchAll(/^\.:(53\d\d) \{$/gm)].map(([, port]) => port)
    expect(new Set(ports).size).toBe(4)
  })
  test('every server that members can ask writes the query log', () => {
    const outer = corefile.split('\n.:').filter((block) => /^(\.:)?53 /.test(block))
    expect(outer).toHaveLength(5)
    expect(outer.every((block) => block.includes('log . "etcd-tls-query'))).toBe(true)
  })
})

test.each<[string, ZoneSpec, RegExp]>([
  ['no address', { forward: { 'b.com': ['b.com'] } }, /"b.com", which is no address/],
  ['no address to look back', { reverse: { 'b.com': ['b.com'] } }, /"b.com" in `reverse`/],
  ['a dot at the end', { forward: { 'b.com.': ['10.138.0.2'] } }, /name "b.com."/],
  ['a line of its own', { reverse: { '10.138.0.2': ['b.com.\n. IN A 10.0.0.1'] } }, /the name/],
  ['a quote', { faults: { "b'.com": 'dropped' } }, /the name/],
  ['a delay that outlasts CoreDNS', { faults: { 'b.com': { delayed: 4000 } } }, /4000 ms; give 1 to 3000/],
])('%s cannot be said', (_, spec, message) => {
  expect(() => texts(spec)).toThrow(expect.objectContaining({ code: 'broken-zone', exit: 2 }) as Error)
  expect(() => texts(spec)).toThrow(message)
})
