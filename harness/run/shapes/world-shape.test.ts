import { describe, expect, test } from 'vitest'
import { http } from '../../scenario/index.ts'
import { wrongFrom, wrongWorld } from './world-shape.ts'

const options = {}
const ask = (to: string, more = {}) => http({ to, scheme: 'http', path: '/', ...more })
const world = (members: object, more: object = {}) => ({ members, authorities: {}, setup: [], ...more })
const a = { options }

describe('a world that', () => {
  test('has everything in order is not wrong', () => {
    const members = {
      a: { options, at: '10.138.0.10' },
      b: { options, at: '10.138.0.2', role: 'candidate' },
      s: { options, role: 'service', loopback: { client: 2379, peer: 2380 } },
    }
    const more = {
      clients: { raw: { at: '10.138.0.9' }, six: { at: '::1' } },
      groundwork: [ask('s')],
      setup: [ask('a', { from: 'raw' })],
    }
    expect(wrongWorld(world(members, more), 'given')).toBeUndefined()
  })

  test.each([
    [
      'has an unknown role',
      world({ a: { options, role: 'peer' } }),
      '`given`, member a: "peer" is no role; write member, candidate, proxy, service',
    ],
    [
      'has a name that @ cannot say',
      world({ 'm-1': a }),
      '`given`, member m-1: a name has letters, digits and _ only, so that texts can say @name',
    ],
    [
      'has loopback members without ports',
      world({ a: { options, loopback: { client: 2379 } } }),
      '`given`, member a: `loopback` needs its ports; write { client: 2379, peer: 2380 }',
    ],
    [
      'has an address that is none',
      world({ a: { options, at: 'm1.etcd.local' } }),
      '`given`, member a: `at` is "m1.etcd.local", which is no IPv4 address',
    ],
    [
      'has a candidate for no cluster',
      world({ b: { options, role: 'candidate' } }),
      '`given`: b needs a cluster, and the world has no member',
    ],
    [
      'has a proxy of nobody',
      world({ p: { options, role: 'proxy' }, s: { options, role: 'service' } }),
      '`given`: p needs a cluster, and the world has no member',
    ],
    [
      'has two with one last octet',
      world({ a: { options, at: '10.138.0.2' }, b: { options, at: '10.0.1.2' } }),
      '`given`: b has the last octet of a; a world needs them to differ',
    ],
    [
      'has a client at the place of its DNS',
      world({ a }, { clients: { raw: { at: '10.138.0.53' } } }),
      "`given`: raw has the last octet of the world's DNS; a world needs them to differ",
    ],
    [
      'has a client without address',
      world({ a }, { clients: { raw: {} } }),
      '`given`: client raw: it has no `at`',
    ],
    [
      'has a client named like a member',
      world({ a }, { clients: { a: { at: '10.138.0.2' } } }),
      '`given`: a is a member and a client; rename one',
    ],
    [
      'prepares itself with nobody',
      world({ a }, { setup: [ask('m1')] }),
      '`given`: setup asks m1, which the world does not have',
    ],
    [
      'prepares itself with a candidate',
      world({ a, b: { options, role: 'candidate' } }, { setup: [ask('b')] }),
      '`given`: setup asks b, which is started by a join only',
    ],
    [
      'lays its ground with a member',
      world({ a }, { groundwork: [ask('a')] }),
      '`given`: groundwork asks a, which is no service and not up yet',
    ],
    [
      'prepares itself from nowhere',
      world({ a }, { setup: [ask('a', { from: 'raw' })] }),
      '`given`: setup: a probe comes from raw, which is no client of the world; name it in `clients`',
    ],
  ])('%s is told', (_, wrong, sentence) => {
    expect(wrongWorld(wrong, 'given')).toBe(sentence)
  })
})

test('a probe from a client of the world is not wrong, one from elsewhere is', () => {
  const given = world({ a }, { clients: { raw: { at: '10.138.0.9' } } })
  expect(wrongFrom(ask('a', { from: 'raw' }), given)).toBeUndefined()
  expect(wrongFrom(ask('a'), given)).toBeUndefined()
  expect(wrongFrom(ask('a', { from: 'toString' }), world({ a }))).toContain('comes from toString')
})
