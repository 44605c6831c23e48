import { parse } from 'yaml'
import { describe, expect, test } from 'vitest'
import { authority, certificateOf, keyOf, type FileRef } from '../../fixtures/credential.ts'
import type { OptionValues } from '../../fixtures/options.ts'
import { ways } from '../scenario/world.ts'
import { etcdArguments } from './arguments.ts'

const server = { cn: 'm1' }
const base: OptionValues = {
  name: 'm1',
  'listen-client-urls': ['https://10.0.0.2:2379', 'https://127.0.0.1:2379'],
  'heartbeat-interval': 10,
}
const options: OptionValues = {
  'cert-file': certificateOf(server),
  'key-file': keyOf(server),
  'trusted-ca-file': authority(),
  'client-cert-auth': true,
  'cipher-suites': ['TLS_A', 'TLS_B'],
  'host-whitelist': ['a', 'b'],
}
const pathOf = (file: FileRef) => `/etc/etcd-tls/${file.file}.pem`

describe('etcdArguments', () => {
  test('flag: everything is a long flag', () => {
    expect(etcdArguments({ options, base, pathOf })).toEqual({
      argv: [
        '--name=m1',
        '--listen-client-urls=https://10.0.0.2:2379,https://127.0.0.1:2379',
        '--heartbeat-interval=10',
        '--cert-file=/etc/etcd-tls/certificate.pem',
        '--key-file=/etc/etcd-tls/key.pem',
        '--trusted-ca-file=/etc/etcd-tls/authority.pem',
        '--client-cert-auth',
        '--cipher-suites=TLS_A,TLS_B',
        '--host-whitelist=a,b',
      ],
      environment: {},
    })
  })

  test('flags may be written with one dash, and their values as words of their own', () => {
    const few = { options: { 'client-cert-auth': true, 'key-file': '/k' }, base: { name: 'm1' }, pathOf }
    const one = etcdArguments({ ...few, flags: 'one-dash' })
    expect(one.argv).toEqual(['-name=m1', '-client-cert-auth', '-key-file=/k'])
    const words = etcdArguments({ ...few, flags: 'one-dash-and-words' })
    expect(words.argv).toEqual(['-name', 'm1', '-client-cert-auth', '-key-file', '/k'])
  })

  test('variable: base options stay flags', () => {
    const made = etcdArguments({ options, base, pathOf, way: 'variable' })
    expect(made.argv).toEqual([
      '--name=m1',
      '--listen-client-urls=https://10.0.0.2:2379,https://127.0.0.1:2379',
      '--heartbeat-interval=10',
    ])
    expect(made.environment).toEqual({
      ETCD_CERT_FILE: '/etc/etcd-tls/certificate.pem',
      ETCD_KEY_FILE: '/etc/etcd-tls/key.pem',
      ETCD_TRUSTED_CA_FILE: '/etc/etcd-tls/authority.pem',
      ETCD_CLIENT_CERT_AUTH: 'true',
      ETCD_CIPHER_SUITES: 'TLS_A,TLS_B',
      ETCD_HOST_WHITELIST: 'a,b',
    })
  })

  test('config-file: everything is in the file, under the keys etcd reads', () => {
    const made = etcdArguments({ options, base, pathOf, way: 'config-file' })
    expect(made.argv).toEqual(['--config-file=/etc/etcd-tls/etcd.yaml'])
    expect(made.environment).toEqual({})
    expect(parse(made.configFile ?? '')).toEqual({
      name: 'm1',
      'listen-client-urls': 'https://10.0.0.2:2379,https://127.0.0.1:2379',
      'heartbeat-interval': 10,
      'client-transport-security': {
        'cert-file': '/etc/etcd-tls/certificate.pem',
        'key-file': '/etc/etcd-tls/key.pem',
        'trusted-ca-file': '/etc/etcd-tls/authority.pem',
        'client-cert-auth': true,
      },
      'cipher-suites': ['TLS_A', 'TLS_B'],
      'host-whitelist': 'a,b',
    })
  })

  test('an empty value is given as an empty value', () => {
    const empty: OptionValues = { 'cipher-suites': [], 'host-whitelist': '', 'cert-file': '' }
    const given = (way: (typeof ways)[number]) => etcdArguments({ options: empty, base: {}, pathOf, way })
    expect(given('flag').argv).toEqual(['--cipher-suites=', '--host-whitelist=', '--cert-file='])
    expect(given('variable').environment).toEqual({
      ETCD_CIPHER_SUITES: '',
      ETCD_HOST_WHITELIST: '',
      ETCD_CERT_FILE: '',
    })
    expect(parse(given('config-file').configFile ?? '')).toEqual({
      'cipher-suites': [],
      'host-whitelist': '',
      'client-transport-security': { 'cert-file': '' },
    })
  })

  test('false is said, undefined is not', () => {
    const own = { 'client-cert-auth': false, 'trusted-ca-file': undefined }
    expect(etcdArguments({ options: own, base: {}, pathOf }).argv).toEqual(['--client-cert-auth=false'])
  })

  test.each(ways)('%s: an own option replaces the base one, and undefined takes it away', (way) => {
    const own: OptionValues = { name: 'other', 'heartbeat-interval': undefined }
    const made = etcdArguments({ options: own, base, pathOf, way })
    const text = JSON.stringify(made)
    expect(text).toContain('other')
    expect(text).not.toContain('name=m1')
    expect(text).not.toMatch(/heartbeat/i)
  })

  test.each(['1', 'y', 'off', '1:20', '0x1f', '~'])(
    'text such as %s stays text for a reader of YAML 1.1',
    (name) => {
      const own = { name, 'peer-cert-allowed-cn': [name] }
      const { configFile = '' } = etcdArguments({ options: own, base: {}, pathOf, way: 'config-file' })
      const read = { name, 'peer-transport-security': { 'allowed-cn': [name] } }
      expect(parse(configFile, { version: '1.1' })).toEqual(read)
      expect(parse(configFile)).toEqual(read)
    },
  )

  test('what the file cannot say is an input error', () => {
    const own = { 'client-crl-file': '/crl.pem' }
    expect(() => etcdArguments({ options: own, base: {}, pathOf, way: 'config-file' })).toThrow(
      expect.objectContaining({ code: 'option-not-in-config-file', exit: 2 }),
    )
  })
})
