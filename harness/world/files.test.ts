import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { authority, certificateOf, keyOf } from '../../fixtures/credential.ts'
import { WorldFiles } from './files.ts'

const authorities = { ca: { cn: 'etcd-ca', madeBy: 'openssl-x509' }, own: {} } as const
const files = new WorldFiles(authorities, (host) => host.replace('@m1', '10.1.2.3'))
const node = { cn: 'node', madeBy: 'openssl-x509' } as const

test('a recipe signs with the authority that it made, and equal specs are one pair', async () => {
  const [root, pair, again, key] = await Promise.all(
    [authority('ca'), certificateOf(node), certificateOf({ ...node }), keyOf(node)].map((ref) =>
      files.pem(ref),
    ),
  )
  expect(new X509Certificate(pair ?? '').checkIssued(new X509Certificate(root ?? ''))).toBe(true)
  expect(again).toBe(pair)
  expect(key).toContain('PRIVATE KEY')
})

test('a recipe signs with a minted authority as well', async () => {
  const [root, pair] = await Promise.all([
    files.pem(authority('own')),
    files.pem(certificateOf({ ...node, issuer: 'own' })),
  ])
  expect(new X509Certificate(pair).verify(new X509Certificate(root).publicKey)).toBe(true)
})

test('a bundle holds made and minted authorities', async () => {
  const bundle = await files.pem(authority(['ca', 'own']))
  expect(bundle.match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
  expect(new X509Certificate(bundle).subject).toBe('CN=etcd-ca')
})

test('what a tool made is among the certificates of the record', async () => {
  await files.pem(certificateOf(node))
  expect(files.issued().map(({ subject, role }) => `${role} ${subject}`)).toEqual(
    expect.arrayContaining(['authority CN=etcd-ca', 'leaf CN=node']),
  )
})

test.each([
  ['a minted leaf of a made authority', certificateOf({ cn: 'a' })],
  ['a leaf of the recipe with more than it says', certificateOf({ ...node, hosts: ['a'] })],
])('%s is an input error', async (_what, ref) => {
  await expect(files.pem(ref)).rejects.toMatchObject({ exit: 2 })
})

test('a minted authority below a made one is an input error', () => {
  expect(() => new WorldFiles({ ...authorities, below: { issuedBy: 'ca' } }, String)).toThrow(/real tool/)
})
