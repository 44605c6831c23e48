import { expect, test } from 'vitest'
import { readyTls } from './client-tls.ts'
import { standIn } from './testing/stand-in.ts'
import { targetOf } from './target.ts'

const { context, pki } = standIn(1)
const target = targetOf('m1', context)
const ready = (tls?: Parameters<typeof readyTls>[0]) => readyTls(tls, target, context, 'h2')

test('by default the authority ca is trusted, TLS 1.2 to 1.3 offered and the member named', async () => {
  expect(await ready()).toEqual({
    verifies: true,
    serverName: 'm1.etcd.local',
    options: {
      minVersion: 'TLSv1.2',
      maxVersion: 'TLSv1.3',
      ALPNProtocols: ['h2'],
      ca: [pki.authority('ca')],
    },
  })
})

test('nobody and anybody leave no store, least of all that of Node', async () => {
  expect((await ready({ trust: 'nobody' })).options.ca).toEqual([])
  expect(await ready({ trust: 'anybody' })).toMatchObject({ verifies: false, options: { ca: [] } })
})

test('one version is the only one; suites are listed at security level 0', async () => {
  const suites = ['ECDHE-RSA-AES128-SHA', 'AES128-SHA']
  expect((await ready({ version: '1.2', ciphers: suites })).options).toMatchObject({
    minVersion: 'TLSv1.2',
    maxVersion: 'TLSv1.2',
    ciphers: 'ECDHE-RSA-AES128-SHA:AES128-SHA:@SECLEVEL=0',
  })
  expect((await ready({ version: '1.3', ciphers: ['TLS_AES_256_GCM_SHA384'] })).options).toMatchObject({
    minVersion: 'TLSv1.3',
    ciphers: 'TLS_AES_256_GCM_SHA384',
  })
})

test('versions that OpenSSL does not offer by itself are offered at security level 0', async () => {
  expect((await ready({ version: '1.0' })).options).toMatchObject({
    minVersion: 'TLSv1',
    maxVersion: 'TLSv1',
    ciphers: 'DEFAULT:@SECLEVEL=0',
  })
})

test('a server name may be an address of the world', async () => {
  expect((await ready({ serverName: '@m1' })).serverName).toBe('127.0.0.1')
  expect((await ready({ serverName: null })).serverName).toBeNull()
})
