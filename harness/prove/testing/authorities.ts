import { shaped, type Shape, type Shaped } from '../../../fixtures/pki/shaped.ts'

const root: Shape = {
  key: 'p-256',
  basic: { authority: true },
  keyUsage: [5, 6],
  notBefore: '-2d',
  notAfter: '+9d',
}

const withoutBasic: Shape = { key: 'p-256', keyUsage: [5, 6], notBefore: '-2d', notAfter: '+9d' }

/** Authorities of every kind; `trusted` are those that etcd is given, in one file. */
export interface Authorities {
  readonly trusted: readonly Shaped[]
  /** Ways to sign a leaf: who signs, and what is sent along with it. */
  readonly ways: Readonly<Record<string, Way>>
}
export interface Way {
  readonly issuer: Shaped | undefined
  readonly sent: readonly Shaped[]
}

export function authorities(now: Date): Authorities {
  const make = (shape: Shape, issuer?: Shaped): Shaped => shaped({ ...root, ...shape }, now, issuer)
  const good = make({ cn: ['root'] })
  const below = (cn: string, shape: Shape = {}, issuer = good): Shaped => make({ cn: [cn], ...shape }, issuer)
  const roots = {
    rsa: make({ cn: ['rsa root'], key: 'rsa-2048' }),
    short: make({ cn: ['short root'], key: 'rsa-1024' }),
    tiny: make({ cn: ['tiny root'], key: 'rsa-768' }),
    edwards: make({ cn: ['ed25519 root'], key: 'ed25519' }),
    flat: make({ cn: ['flat root'], basic: { authority: true, pathLength: 0 } }),
    old: make({ cn: ['old root'], notAfter: '-1h' }),
    servers: make({ cn: ['servers root'], usages: ['serverAuth'] }),
    first: make({ cn: ['first root'], version: 1 }),
    plain: make({ cn: ['plain root'], basic: { authority: false } }),
    mute: make({ cn: ['mute root'], keyUsage: [0] }),
    strange: make({ cn: ['strange root'], strange: true }),
    strict: make({
      cn: ['strict root'],
      permitted: [
        { kind: 'dns', value: 'etcd.local' },
        { kind: 'ip', value: '10.0.0.0/255.0.0.0' },
      ],
      excluded: [{ kind: 'dns', value: 'bad.etcd.local' }],
    }),
  }
  const middle = below('middle')
  const upper = below('upper')
  const direct = Object.entries(roots).map(([name, issuer]) => [name, { issuer, sent: [] }] as const)
  const through = (name: string, one: Shaped, sent: readonly Shaped[] = [one]) =>
    [name, { issuer: one, sent }] as const
  const ways = Object.fromEntries<Way>([
    ['direct', { issuer: good, sent: [] }],
    ['itself', { issuer: undefined, sent: [] }],
    ['stranger', { issuer: make({ cn: ['stranger'] }), sent: [] }],
    ['namesake', { issuer: make({ cn: ['root'] }), sent: [] }],
    ...direct,
    through('middle', middle),
    through('middle missing', middle, []),
    through('middle twice', middle, [middle, middle]),
    through('stranger beside', middle, [make({ cn: ['beside'] }), middle]),
    // Two of one name: one of them signed, the other comes along.
    through('other of its name', below('lower', {}, upper), [below('lower', {}, upper), upper]),
    ...chainOfTwo(upper, below),
    through('flat and middle', below('under flat', {}, roots.flat)),
    through('old middle', below('old middle', { notAfter: '-1h' })),
    through('middle of servers', below('middle of servers', { usages: ['serverAuth'] })),
    through('middle of both', below('middle of both', { usages: ['serverAuth', 'clientAuth'] })),
    through('leaf as authority', below('a leaf', { basic: { authority: false } })),
    through('no basic constraints', shaped({ ...withoutBasic, cn: ['no basic'] }, now, good)),
    through('mute middle', below('mute middle', { keyUsage: [0] })),
    through('sha1 middle', below('sha1 middle', { digest: 'sha1' })),
    through('first middle', below('first middle', { version: 1 })),
    through('strange middle', below('strange middle', { strange: true })),
    through('strict middle', below('strict middle', { permitted: [{ kind: 'dns', value: '.etcd.local' }] })),
    through('without ids', below('without ids', { withoutKeyIds: true })),
  ])
  return { trusted: [good, ...Object.values(roots)], ways }
}

function chainOfTwo(upper: Shaped, below: (cn: string, shape: Shape, issuer: Shaped) => Shaped) {
  const lower = below('lower', {}, upper)
  return [
    ['two in order', { issuer: lower, sent: [lower, upper] }],
    ['two the other way', { issuer: lower, sent: [upper, lower] }],
    ['two, one missing', { issuer: lower, sent: [lower] }],
  ] as const
}
