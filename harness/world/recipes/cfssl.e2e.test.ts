import { createPrivateKey, X509Certificate } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { verify } from '../../../fixtures/pki/openssl-judge.ts'
import { cfssl } from './cfssl.ts'

const [serverAuth, clientAuth] = ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']
const fiveYears = 43_800 * 3600 * 1000
const root = await cfssl.authority('ca', { cn: 'etcd-ca' })
const sign = async (profile: 'server' | 'client' | 'peer', ...hosts: string[]) => {
  const made = await cfssl.credential({ cn: 'etcd-member', madeBy: 'cfssl', profile }, root, hosts)
  expect((await verify(made.certificate, { roots: root.certificate })).errors).toEqual([])
  const seen = new X509Certificate(made.certificate)
  expect(seen.checkPrivateKey(createPrivateKey(made.key))).toBe(true)
  return seen
}

describe("the guide's recipe", () => {
  test('makes a root on P-256', () => {
    const { ca, subject, publicKey } = new X509Certificate(root.certificate)
    expect({ ca, subject }).toEqual({ ca: true, subject: 'CN=etcd-ca' })
    expect(publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' })
  })

  test.each([
    ['server', [serverAuth]],
    ['client', [clientAuth]],
    ['peer', [serverAuth, clientAuth]],
  ] as const)('the profile %s', async (profile, usages) => {
    const seen = await sign(profile, 'etcd-1.local', '10.1.2.3')
    expect(seen.keyUsage).toEqual(usages)
    expect(seen.subject).toBe('CN=etcd-member')
    expect(seen.subjectAltName).toBe('DNS:etcd-1.local, IP Address:10.1.2.3')
    expect(seen.validToDate.getTime() - seen.validFromDate.getTime()).toBe(fiveYears)
    expect(seen.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' })
  })

  test('no host, no alternative name', async () => {
    expect((await sign('client')).subjectAltName).toBeUndefined()
  })

  test.each([
    [{ cn: 'a' }, /an absent profile/],
    [{ profile: 'peer' }, /an absent cn/],
    [{ cn: 'a', profile: 'peer', usages: ['clientAuth'] }, /usages/],
    [{ cn: 'a', profile: 'peer', key: 'rsa-2048' }, /key rsa-2048/],
  ] as const)('cannot say %j', async (spec, message) => {
    await expect(async () => cfssl.credential(spec, root, [])).rejects.toMatchObject({
      code: 'cfssl-spec',
      exit: 2,
      message: expect.stringMatching(message) as string,
    })
  })
})
