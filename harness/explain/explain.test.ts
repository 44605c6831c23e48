import { describe, expect, test } from 'vitest'
import { shaped, type Shape } from '../../fixtures/pki/shaped.ts'
import { readCertificate } from './certificate.ts'
import { explain } from './explain.ts'
import type { Check } from './explanation.ts'
import {
  authority,
  root,
  good,
  made,
  now,
  ca,
  build,
  told,
  checksOf,
  deciding,
  markOf,
  dns,
  ip,
} from './testing/ask.ts'

describe('a client', () => {
  test.each<[string, Shape, string | undefined]>([
    ['good', {}, undefined],
    ['expired', { notBefore: '-2d', notAfter: '-1h' }, 'validity'],
    ['not yet valid', { notBefore: '+1h' }, 'validity'],
    ['for servers', { usages: ['serverAuth'] }, 'usage'],
    ['for anything', { usages: ['any'] }, undefined],
    ['a critical extension', { strange: true }, 'critical'],
    ['too short a key', { key: 'rsa-768' }, 'key'],
    ['a name that is not ASCII', { names: dns('clïent') }, 'readable'],
    ['SHA-1', { digest: 'sha1' }, 'chain'],
    ['a negative serial number', { serial: Buffer.of(0x80) }, 'readable'],
  ])('%s', (_, change, expected) => {
    const found = told({ cert: made({ ...good, ...change }) })
    expect(deciding(found)).toBe(expected)
    expect(found.verdict).toBe(expected === undefined ? 'accepted' : 'refused')
  })

  test.each<[string, Shape, string, string]>([
    ['SHA-1', { digest: 'sha1' }, '1.17.13', '1.18.0'],
    ['a short key', { key: 'rsa-768' }, '1.23.9', '1.24.0'],
    ['a negative serial number', { serial: Buffer.of(0x80) }, '1.22.7', '1.23.0'],
  ])('%s is refused from one release of Go on', (_, change, before, from) => {
    const cert = made({ ...good, ...change })
    expect(told({ cert, build: { etcd: '3.5.8', go: before } }).verdict).toBe('accepted')
    expect(told({ cert, build: { etcd: '3.5.8', go: from } }).verdict).toBe('refused')
  })

  test.each<[string, Shape]>([
    ['a short key', { key: 'rsa-768' }],
    ['a negative serial number', { serial: Buffer.of(0x80) }],
  ])('%s is refused by the settings of the main module, not by Go alone', (_, change) => {
    const cert = made({ ...good, ...change })
    const under = (line: string) => told({ cert, build: { etcd: '3.5.8', go: '1.26.10', line } }).verdict
    expect([under('1.19'), under('1.26.0')]).toEqual(['accepted', 'refused'])
  })

  test('every refusal says what to change, and every check stands in one sentence', () => {
    const middle = shaped({ ...authority, cn: ['middle'] }, now, root)
    const stranger = shaped(authority, now)
    const all = [
      told({ cert: made(good, middle) }),
      told({ cert: made(good, stranger) }),
      told({ cert: made({ ...good, notAfter: '-1h', notBefore: '-2h' }) }),
      told({ cert: made(good), options: '--client-cert-auth --cipher-suites=NOPE' }),
      told({ cert: made(good), options: '--listen-client-urls=http://0.0.0.0:2379 --client-cert-auth' }),
      told({ cert: made(good), options: '--client-cert-auth --client-cert-allowed-hostname=a' }),
      told({ cert: made({ ...good, names: ip('10.0.0.9') }), peer: { from: '10.0.0.2' } }),
    ]
    for (const found of all) {
      expect(found.verdict).toBe('refused')
      const decides = checksOf(found).find((check) => check.decides)
      expect(decides?.mend).toMatch(/^[a-z].{10,}[^.]$/)
      expect(decides?.why).not.toMatch(/\n|undefined/)
    }
  })

  test('the chain: what is missing is named, and what is in the CA file needs no other', () => {
    const middle = shaped({ ...authority, cn: ['middle'] }, now, root)
    const lacking = told({ cert: made(good, middle) })
    expect(checksOf(lacking).find(({ id }) => id === 'chain')?.why).toMatch(
      /its issuer, "CN=middle", is neither/,
    )
    expect(told({ cert: made(good, middle, middle) }).verdict).toBe('accepted')
    const itself = [readCertificate(shaped(good, now).der)]
    expect(told({ cert: itself }).verdict).toBe('refused')
    expect(told({ cert: itself, ca: itself }).verdict).toBe('accepted')
  })

  test('without a certificate, and without authorities, nothing is guessed', () => {
    expect(told({ options: '--client-cert-auth', server: made(good) }).judgements[0]?.verdict).toBe(
      'cannot tell',
    )
    const { ca: _, ...without } = { ca, cert: made(good) }
    expect(explain({ build, now, ...without }).verdict).toBe('cannot tell')
  })
})

describe('options', () => {
  test.each([
    ['--client-cert-auth', 'demanded', 'good'],
    ['-client-cert-auth=true -name m1', 'demanded', 'good'],
    ['etcd --client-cert-auth --name "m 1" --data-dir=\'/a b\'', 'demanded', 'good'],
    ['--client-cert-auth false', 'start', 'bad'],
    ['--client-cert-auth=maybe', 'start', 'bad'],
    ['--name', 'start', 'bad'],
    ['--clinet-cert-auth', 'start', 'bad'],
    ['--tls-min-version=TLS1.3 --tls-max-version=TLS1.2', 'start', 'bad'],
    ['--tls-min-version=1.2', 'start', 'bad'],
    ['--cipher-suites=', 'start', 'bad'],
    ['--cipher-suites=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'start', 'bad'],
    ['--config-file etcd.yaml', 'start', 'open'],
    ['--enable-v2', 'start', 'bad'],
  ])('%s', (options, id, mark) => {
    expect(markOf(told({ cert: made(good), options }), id as Check['id'])).toBe(mark)
  })

  test('a misspelt flag names the nearest, a flag that came later its release', () => {
    const mend = (options: string, etcd: string) =>
      checksOf(told({ cert: made(good), options, build: { etcd, go: '1.19.8' } }))[0]?.mend
    expect(mend('--clinet-cert-auth', '3.5.8')).toMatch(
      /nearest is "client-cert-auth"; write that, or take it out/,
    )
    expect(mend('--tls-min-version=TLS1.2', '3.5.7')).toMatch(/comes with 3\.5\.8/)
    expect(mend('--ca-file=ca.pem', '3.5.8')).toMatch(/3\.4\.0 took --ca-file away/)
    expect(mend('--max-learners=3', '3.5.8')).toMatch(/comes with 3\.6\.0/)
  })

  test('a file of authorities alone demands a certificate from 3.4.0 on', () => {
    const at = (etcd: string, go: string) =>
      checksOf(
        told({
          cert: made({ ...good, usages: ['serverAuth'] }),
          options: '--trusted-ca-file=ca.pem',
          build: { etcd, go },
        }),
      )
    expect(at('3.4.0', '1.12.9').some(({ id }) => id === 'usage')).toBe(true)
    expect(at('3.3.27', '1.12.17').find(({ id }) => id === 'demanded')?.why).toMatch(
      /asks for no certificate/,
    )
  })

  test('suites go with the key of etcd, and bind TLS 1.2 only', () => {
    const server = made({ ...good, key: 'p-256', names: dns('m1') })
    const options = '--client-cert-auth --cipher-suites=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'
    expect(markOf(told({ cert: made(good), server, options }), 'cipher')).toBe('good')
    expect(markOf(told({ cert: made(good), server, options, tls: '1.2' }), 'cipher')).toBe('bad')
    expect(
      markOf(told({ cert: made(good), server, options: `${options} --tls-max-version=TLS1.2` }), 'cipher'),
    ).toBe('bad')
    expect(
      markOf(told({ cert: made(good), options: '--tls-max-version=TLS1.2', tls: '1.3' }), 'version'),
    ).toBe('bad')
  })

  test('in clear the host whitelist is asked, over TLS it is not', () => {
    const options = '--listen-client-urls=http://0.0.0.0:2379 --host-whitelist=m1,m2'
    expect(markOf(told({ cert: made(good), options, to: 'm2' }), 'whitelist')).toBe('good')
    expect(markOf(told({ cert: made(good), options, to: 'm3' }), 'whitelist')).toBe('bad')
    expect(
      markOf(told({ cert: made(good), options: '--host-whitelist=m1', to: 'm3' }), 'whitelist'),
    ).toBeUndefined()
  })
})

describe('etcd’s own certificate', () => {
  const server = made({ ...good, names: [...dns('*.example.com'), ...ip('10.0.0.1', '2001:db8::1')] })
  test.each([
    ['etcd.example.com', 'good'],
    ['ETCD.EXAMPLE.COM', 'good'],
    ['etcd.example.com.', 'good'],
    ['a.b.example.com', 'bad'],
    ['example.com', 'bad'],
    ['10.0.0.1', 'good'],
    ['10.0.0.2', 'bad'],
    ['2001:DB8:0:0::1', 'good'],
    ['[2001:db8::1]', 'good'],
  ])('dialled as %s', (to, mark) => {
    const found = told({ cert: made(good), server, to })
    expect(found.judgements.map(({ id }) => id)).toEqual(['etcd', 'client'])
    expect(markOf(found, 'name', 1)).toBe(mark)
  })

  test('a common name counts before Go 1.15 only, and without other names only', () => {
    const plain = made({ ...good, cn: ['m1'] })
    const at = (go: string, of = plain) =>
      markOf(told({ server: of, to: 'm1', build: { etcd: '3.4.0', go } }), 'name', 1)
    expect([at('1.14.15'), at('1.15.0')]).toEqual(['good', 'bad'])
    expect(at('1.14.15', made({ ...good, cn: ['m1'], names: dns('m2') }))).toBe('bad')
  })

  test('a dot at the end of a certificate’s name was cut before Go 1.15', () => {
    const dotted = made({ ...good, names: dns('m1.example.') })
    const at = (go: string) =>
      markOf(told({ server: dotted, to: 'm1.example', build: { etcd: '3.4.0', go } }), 'name', 1)
    expect([at('1.12.17'), at('1.16.3')]).toEqual(['good', 'bad'])
  })

  test('without --to the name is not judged', () => {
    const found = told({ cert: made(good), server })
    expect(markOf(found, 'name', 1)).toBe('idle')
    expect(found.verdict).toBe('accepted')
  })
})
