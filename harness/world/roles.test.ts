import { describe, expect, test } from 'vitest'
import { cluster, etcd, type MemberSpec } from '../scenario/index.ts'
import { announcedOf, baseOptions } from './roles.ts'

const spec = (more: Partial<MemberSpec> = {}): MemberSpec => ({ peer: 'https', options: {}, ...more })
const addresses: Readonly<Record<string, string>> = {
  a: '10.0.0.2',
  b: '10.0.0.3',
  c: '10.0.0.4',
  d: '10.0.0.5',
}
const of = (name: string) => addresses[name] ?? ''
const both = 'a=https://10.0.0.2:2380,b=https://10.0.0.3:2380'

describe('what a process is given beside its own options', () => {
  test('one member alone: fast timers, no token', () => {
    const base = baseOptions('m1', { world: etcd({ options: {} }), of: () => '10.0.0.2', token: 't' })
    expect(base).toEqual({
      name: 'm1',
      'data-dir': '/var/lib/etcd-tls/data',
      'listen-client-urls': 'http://10.0.0.2:2379',
      'advertise-client-urls': 'http://10.0.0.2:2379',
      'listen-peer-urls': 'http://10.0.0.2:2380',
      'initial-advertise-peer-urls': 'http://10.0.0.2:2380',
      'initial-cluster': 'm1=http://10.0.0.2:2380',
      'heartbeat-interval': 10,
      'election-timeout': 50,
    })
  })

  test('members: all of them, and nobody else; a token of their own', () => {
    const world = cluster({
      members: { a: spec(), b: spec(), c: spec({ role: 'service' }), d: spec({ role: 'proxy' }) },
    })
    expect(baseOptions('b', { world, of, token: 't' })).toMatchObject({
      'initial-cluster': both,
      'initial-cluster-token': 't',
      'heartbeat-interval': 50,
      'election-timeout': 250,
    })
    expect(baseOptions('b', { world, of, token: 't' })).not.toHaveProperty('strict-reconfig-check')
  })

  test('a service: itself', () => {
    const world = cluster({ members: { a: spec(), c: spec({ role: 'service', peer: 'http' }) } })
    const base = baseOptions('c', { world, of, token: 't' })
    expect(base).toMatchObject({ 'initial-cluster': 'c=http://10.0.0.4:2380', 'heartbeat-interval': 10 })
    expect(base).not.toHaveProperty('initial-cluster-token')
  })

  test('a proxy: the members, and no URLs but the one it listens at', () => {
    const world = cluster({ members: { a: spec(), b: spec(), d: spec({ role: 'proxy', client: 'https' }) } })
    expect(baseOptions('d', { world, of, token: 't' })).toEqual({
      name: 'd',
      'data-dir': '/var/lib/etcd-tls/data',
      'listen-client-urls': 'https://10.0.0.5:2379',
      proxy: 'on',
      'initial-cluster': both,
    })
  })

  test('a candidate: the members that are there, and itself; they take it though they are two', () => {
    const world = cluster({ members: { a: spec(), b: spec(), c: spec({ role: 'candidate' }) } })
    expect(baseOptions('c', { world, of, token: 't', existing: ['a', 'b'] })).toMatchObject({
      'initial-cluster': `${both},c=https://10.0.0.4:2380`,
      'initial-cluster-state': 'existing',
      'initial-cluster-token': 't',
    })
    const member = baseOptions('a', { world, of, token: 't' })
    expect(member).toMatchObject({ 'initial-cluster': both, 'strict-reconfig-check': false })
  })

  test('names: in what is announced, not in what is listened at; its own name where its options give one', () => {
    const a = spec({ host: 'a.etcd.local', client: 'https', advertises: 'http', options: { name: 'infra1' } })
    expect(baseOptions('a', { world: cluster({ members: { a, b: spec() } }), of, token: 't' })).toMatchObject(
      {
        'listen-client-urls': 'https://10.0.0.2:2379',
        'advertise-client-urls': 'http://a.etcd.local:2379',
        'listen-peer-urls': 'https://10.0.0.2:2380',
        'initial-advertise-peer-urls': 'https://a.etcd.local:2380',
        'initial-cluster': 'infra1=https://a.etcd.local:2380,b=https://10.0.0.3:2380',
      },
    )
  })

  test('loopback: the ports that the page prints', () => {
    const a = spec({ host: 'm1.etcd.local', loopback: { client: 22379, peer: 22380 } })
    expect(baseOptions('a', { world: cluster({ members: { a, b: spec() } }), of, token: 't' })).toMatchObject(
      {
        'listen-client-urls': 'http://127.0.0.1:22379',
        'initial-advertise-peer-urls': 'https://m1.etcd.local:22380',
      },
    )
  })
})

test.each([
  [{}, ['https://10.0.0.2:2380', 'http://10.0.0.2:2379']],
  [
    { 'advertise-client-urls': ['http://a:1', 'http://b:1'] },
    ['https://10.0.0.2:2380', 'http://a:1', 'http://b:1'],
  ],
  [
    { 'initial-advertise-peer-urls': 'http://a:2,http://b:2' },
    ['http://a:2', 'http://b:2', 'http://10.0.0.2:2379'],
  ],
])('who has %o announces %o', (options, urls) => {
  expect(announcedOf('m1', etcd({ peer: 'https', options }), () => '10.0.0.2')).toEqual(urls)
})
