import type { AltName, Shape } from '../../../fixtures/pki/shaped.ts'
import type { AnyKeyType } from '../../../fixtures/pki/signing.ts'
import type { Random } from './random.ts'

const dns = (...values: string[]): AltName[] => values.map((value) => ({ kind: 'dns', value }))
const ip = (...values: string[]): AltName[] => values.map((value) => ({ kind: 'ip', value }))

/** A serial number that is on the list of the revoked. */
export const revokedSerial = Buffer.from('0badcafe', 'hex')

type Change = Partial<Shape>

/** What may be odd about a leaf, by what it changes. `address`: that of who connects. */
const changes = (address: string): readonly (readonly Change[])[] => [
  [
    ['allowed'],
    ['first', 'allowed'],
    ['allowed', 'last'],
    ['ALLOWED'],
    [' allowed'],
    ['ällowed'],
    [''],
    [],
    ['etcd', 'other'],
  ].map((cn) => ({ cn })),
  [
    ...namesOf(address).map((names) => ({ names })),
    { names: undefined },
    { names: [], namesCritical: true },
    { names: [{ kind: 'email', value: 'a@etcd.local' }] },
    { names: [{ kind: 'email', value: 'a@etcd.local' }], namesCritical: true },
    { names: dns('client.etcd.local'), namesCritical: true, cn: [] },
  ] as Change[],
  [
    { usages: undefined },
    ...(['clientAuth', 'serverAuth', 'any', 'codeSigning'] as const).map((one) => ({ usages: [one] })),
    { usages: ['codeSigning', 'clientAuth'] },
    { usages: [] },
  ] as Change[],
  [undefined, [0], [0, 2], [5], [], [4]].map((keyUsage) => ({ keyUsage })),
  [
    undefined,
    { authority: true },
    { authority: true, pathLength: 0 },
    { authority: false, pathLength: 3 },
  ].map((basic) => ({
    basic,
  })),
  (['p-384', 'rsa-1024', 'rsa-768', 'ed25519', 'rsa-2048'] as const satisfies AnyKeyType[]).map((key) => ({
    key,
  })),
  (['sha1', 'sha384'] as const).map((digest) => ({ digest })),
  [{ version: 1 }],
  [
    { serial: revokedSerial },
    { serial: Buffer.from('00badcafe0', 'hex') },
    { serial: Buffer.from('80badcafe0', 'hex') },
  ],
  [
    { notAfter: '-1h', notBefore: '-2h' },
    { notBefore: '+1h', notAfter: '+2h' },
    { notAfter: '-1m', notBefore: '-1d' },
    { notAfter: '+2m' },
  ],
  [{ strange: true }],
  [{ withoutKeyIds: true }],
]

const namesOf = (address: string): AltName[][] => [
  dns('client.etcd.local'),
  dns('CLIENT.ETCD.LOCAL'),
  dns('*.etcd.local'),
  dns('*.ETCD.local'),
  dns('*'),
  dns('*.local'),
  dns('client.*.local'),
  dns('c*.etcd.local'),
  dns('client.etcd.local.'),
  dns('.etcd.local'),
  dns('client..etcd.local'),
  dns('bad.etcd.local'),
  dns('far.etcd.local', 'client.etcd.local'),
  dns('nowhere.example'),
  dns('clïent.etcd.local'),
  dns(address),
  dns('_client.etcd.local', '-client.etcd.local'),
  ip(address),
  ip('10.9.9.9'),
  ip('192.0.2.1'),
  ip('2001:db8::1', address),
  ip('::1'),
  ip(`::ffff:${address}`),
  [...ip('10.9.9.9'), ...dns('client.etcd.local')],
  [...ip(address), ...dns('nowhere.example')],
  [...ip('10.9.9.9'), ...dns('nowhere.example')],
  [...dns('client.etcd.local'), { kind: 'email', value: 'a@b.example' }],
]

/** A good leaf. */
const goodLeaf = (names: readonly AltName[]): Shape => ({
  cn: ['allowed'],
  key: 'p-256',
  names,
  usages: ['clientAuth', 'serverAuth'],
  keyUsage: [0],
  basic: { authority: false },
})

/** The good leaf, and each oddity alone. */
export const eachOddity = (address: string): Shape[] => {
  const good = goodLeaf([...dns('client.etcd.local'), ...ip(address)])
  return [good, ...changes(address).flatMap((kind) => kind.map((change) => without({ ...good, ...change })))]
}

/** A good leaf with one to three oddities, or none. */
export function oddLeaf(by: Random, address: string): Shape {
  const good = goodLeaf(
    by.pick([
      [...dns('client.etcd.local'), ...ip(address)],
      dns('client.etcd.local'),
      dns('*.etcd.local', 'far.etcd.local'),
    ]),
  )
  const kinds = changes(address)
  const count = by.pick([0, 1, 1, 1, 2, 2, 3])
  return Array.from({ length: count }, () => by.pick(by.pick(kinds))).reduce<Shape>(
    (sofar, change) => without({ ...sofar, ...change }),
    good,
  )
}

/** Fields that were taken away are not there. */
const without = (shape: Shape): Shape =>
  Object.fromEntries(Object.entries(shape).filter(([, value]: [string, unknown]) => value !== undefined))
