import { createPrivateKey, X509Certificate } from 'node:crypto'
import { execa } from 'execa'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { CredentialSpec } from '../../fixtures/credential.ts'
import { verify } from '../../fixtures/pki/openssl-judge.ts'
import { createPki } from '../../fixtures/pki/pki.ts'
import { signWithOpensslCa } from './openssl-ca.ts'

const resolve = (host: string) => (host.startsWith('@') ? '10.1.2.3' : host)
const pki = createPki({ authorities: { ca: {} }, resolve, now: new Date() })
const authority = { certificate: pki.authority('ca'), key: pki.authorityKey('ca') }
const sign = (spec: CredentialSpec, by = authority) =>
  signWithOpensslCa({ spec: { madeBy: 'openssl-ca', ...spec }, authority: by, resolve })

const clientAuth = '1.3.6.1.5.5.7.3.2'

afterEach(() => void vi.unstubAllEnvs())

describe('signWithOpensslCa', () => {
  test('makes a pair for clients that the authority vouches for', async () => {
    const made = await sign({ cn: 'machine' })
    const seen = new X509Certificate(made.certificate)
    expect(seen.subject).toBe('CN=machine')
    expect(seen.keyUsage).toEqual([clientAuth])
    expect(seen.subjectAltName).toBeUndefined()
    expect(seen.checkPrivateKey(createPrivateKey(made.key))).toBe(true)
    expect(made.certificate).toMatch(/^-----BEGIN CERTIFICATE-----/)
    const roots = { roots: authority.certificate }
    expect((await verify(made.certificate, roots, '-purpose', 'sslclient')).errors).toEqual([])
    expect((await verify(made.certificate, roots, '-purpose', 'sslserver')).errors).toEqual([26])
  })

  test('takes organization, hosts and key type over', async () => {
    const made = await sign({
      cn: 'a/b',
      organization: "O'Neil + sons",
      hosts: ['m1.etcd.local', '@m1', '::1'],
      key: 'p-256',
    })
    const seen = new X509Certificate(made.certificate)
    expect(seen.toLegacyObject().subject).toMatchObject({ CN: 'a/b', O: "O'Neil + sons" })
    expect(seen.subjectAltName).toBe('DNS:m1.etcd.local, IP Address:10.1.2.3, IP Address:0:0:0:0:0:0:0:1')
    expect(seen.publicKey.asymmetricKeyType).toBe('ec')
  })

  test('runs the command of the page, and says so', async () => {
    const { commands } = await sign({ cn: 'machine' })
    expect(commands.at(-1)?.replace('-batch ', '')).toBe(
      'openssl ca -config openssl.cnf -policy policy_anything -extensions ssl_client -out certs/machine.crt -infiles machine.csr',
    )
  })

  test('its commands make the same by hand', async () => {
    const { commands, config } = await sign({ cn: "by 'hand'", hosts: ['m1.etcd.local'] })
    const folder = await mkdtemp(join(tmpdir(), 'etcd-tls-by-hand-'))
    try {
      const files = { 'openssl.cnf': config, 'ca.crt': authority.certificate, 'ca.key': authority.key }
      for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
      await execa('sh', ['-ec', commands.join('\n')], { cwd: folder })
      const { stdout } = await execa('openssl', ['x509', '-in', 'certs/machine.crt'], { cwd: folder })
      const seen = new X509Certificate(stdout)
      expect(seen.subject).toBe("CN=by 'hand'")
      expect(seen.subjectAltName).toBe('DNS:m1.etcd.local')
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test.each([
    ['no name', {}, /an absent cn/],
    ['a server', { cn: 'a', usages: ['serverAuth'] }, /usages serverAuth/],
    ['an expired one', { cn: 'a', notAfter: '-1h' }, /notAfter/],
    ['an encrypted key', { cn: 'a', keyFormat: 'encrypted-pkcs8' }, /keyFormat encrypted-pkcs8/],
  ] as const)('the recipe cannot say %s', async (_name, spec, message) => {
    await expect(sign(spec)).rejects.toMatchObject({
      code: 'openssl-ca-spec',
      exit: 2,
      message: expect.stringMatching(message) as string,
    })
  })
})

describe('failure', () => {
  const withFolder = async (act: (folder: string) => Promise<void>) => {
    const folder = await mkdtemp(join(tmpdir(), 'etcd-tls-empty-'))
    vi.stubEnv('TMPDIR', folder)
    try {
      await act(folder)
      expect(await readdir(folder)).toEqual([])
    } finally {
      await rm(folder, { recursive: true })
    }
  }

  test('nothing is left behind after success', () => withFolder(async () => void (await sign({ cn: 'a' }))))

  test('says that openssl is missing, and leaves nothing', () =>
    withFolder(async (folder) => {
      vi.stubEnv('PATH', folder)
      await expect(sign({ cn: 'a' })).rejects.toMatchObject({ code: 'no-openssl', exit: 3 })
    }))

  test('says what openssl said, and leaves nothing', () =>
    withFolder(async () => {
      const other = pki.key({ cn: 'not the authority' })
      await expect(sign({ cn: 'a' }, { ...authority, key: other })).rejects.toMatchObject({
        code: 'openssl-failed',
        message: expect.stringMatching(/^openssl ca failed: .*do not match/) as string,
      })
    }))
})
