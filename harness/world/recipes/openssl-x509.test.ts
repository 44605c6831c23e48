import { createPrivateKey, X509Certificate } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { authorityCommands, opensslX509, pairCommands } from './openssl-x509.ts'
import { typed } from './tool.ts'

const root = await opensslX509.authority('ca', { cn: 'etcd-ca' })
const sign = (spec: object) => opensslX509.credential({ madeBy: 'openssl-x509', ...spec }, root, [])

describe("the article's recipe", () => {
  test('makes a root', () => {
    const seen = new X509Certificate(root.certificate)
    expect(seen.subject).toBe('CN=etcd-ca')
    expect(seen.ca).toBe(true)
    expect(seen.checkPrivateKey(createPrivateKey(root.key))).toBe(true)
  })

  test('makes a pair with a common name and nothing else', async () => {
    const made = await sign({ cn: 'etcd-1.example.com' })
    const seen = new X509Certificate(made.certificate)
    expect(seen.subject).toBe('CN=etcd-1.example.com')
    expect(seen.subjectAltName).toBeUndefined()
    expect(seen.keyUsage).toBeUndefined()
    expect(seen.checkPrivateKey(createPrivateKey(made.key))).toBe(true)
    const issuer = new X509Certificate(root.certificate)
    expect([seen.checkIssued(issuer), seen.verify(issuer.publicKey)]).toEqual([true, true])
  })

  test('is good for a year', async () => {
    const { validFromDate, validToDate } = new X509Certificate((await sign({ cn: 'a' })).certificate)
    expect(validToDate.getTime() - validFromDate.getTime()).toBe(365 * 24 * 3600 * 1000)
  })

  test('keeps a name with a slash whole', async () => {
    expect(new X509Certificate((await sign({ cn: 'a/O=b' })).certificate).toLegacyObject().subject).toEqual({
      CN: 'a/O=b',
    })
  })

  test('runs the commands as they are printed', () => {
    expect(
      typed([...authorityCommands('ca', 'etcd-ca'), ...pairCommands('etcd-1', 'etcd-1.example.com', 'ca')]),
    ).toEqual([
      'openssl genrsa -out ca.key 2048',
      'openssl req -x509 -new -nodes -key ca.key -sha256 -days 365 -out ca.crt -subj /CN=etcd-ca',
      'openssl genrsa -out etcd-1.key 2048',
      'openssl req -new -key etcd-1.key -out etcd-1.csr -subj /CN=etcd-1.example.com',
      'openssl x509 -req -in etcd-1.csr -CA ca.crt -CAkey ca.key -CAcreateserial -out etcd-1.crt -days 365 -sha256',
    ])
  })

  test.each([
    ['names', { cn: 'a', hosts: ['b'] }, /hosts/],
    ['usages', { cn: 'a', usages: ['clientAuth'] }, /usages/],
    ['no name', {}, /an absent cn/],
    ['another key', { cn: 'a', key: 'p-256' }, /key p-256/],
  ])('cannot say %s', async (_what, spec, message) => {
    await expect(async () => sign(spec)).rejects.toMatchObject({
      code: 'openssl-x509-spec',
      exit: 2,
      message: expect.stringMatching(message) as string,
    })
  })
})
