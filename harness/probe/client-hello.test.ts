import { expect, test } from 'vitest'
import { clientHello, type Offer } from './client-hello.ts'
import { suiteCode, suiteNames } from './suites.ts'
import { Reader } from './wire.ts'

/** Reads a hello back: independent of how it was written but for the reader of vectors. */
function read(offer: Offer) {
  const record = new Reader(clientHello(offer))
  const head = [record.number(1), record.number(2)]
  const handshake = record.vector(2)
  const type = handshake.number(1)
  const hello = handshake.vector(3)
  const version = hello.number(2)
  hello.bytes(32)
  const session = hello.vector(1).left
  const suites = [...hello.vector(2).rest().toString('hex').matchAll(/.{4}/g)].map(([code]) => code)
  const compression = hello.vector(1).rest().toString('hex')
  const list = hello.vector(2)
  const extensions = new Map<number, string>()
  while (list.left > 0) extensions.set(list.number(2), list.vector(2).rest().toString('hex'))
  return {
    head,
    type,
    version,
    session,
    suites,
    compression,
    extensions,
    left: record.left + handshake.left + hello.left,
  }
}

test('a TLS 1.2 hello offers what was asked, in order', () => {
  const hello = read({
    versions: ['1.2'],
    suites: ['TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA', 'TLS_RSA_WITH_RC4_128_SHA'],
    serverName: 'm1.etcd.local',
  })
  expect(hello).toMatchObject({
    head: [22, 0x0301],
    type: 1,
    version: 0x0303,
    session: 32,
    compression: '00',
    left: 0,
  })
  expect(hello.suites).toEqual(['c012', '0005'])
  const name = Buffer.from('m1.etcd.local').toString('hex')
  expect(hello.extensions.get(0)).toBe(`001000000d${name}`)
  expect(hello.extensions.get(13)).not.toContain('0201')
  expect([...hello.extensions.keys()]).toEqual([0, 11, 10, 23, 0xff01, 13])
})

test('a TLS 1.3 hello lists its versions and carries a key share', () => {
  const { version, extensions } = read({
    versions: ['1.3', '1.2'],
    suites: ['TLS_AES_128_GCM_SHA256'],
    serverName: null,
  })
  expect(version).toBe(0x0303)
  expect(extensions.get(43)).toBe('0403040303')
  expect(extensions.get(51)).toMatch(/^0024001d0020[0-9a-f]{64}$/)
  expect(extensions.has(0)).toBe(false)
})

test('an old hello names its version and offers SHA-1 signatures', () => {
  const { version, extensions } = read({
    versions: ['1.1', '1.0'],
    suites: ['TLS_RSA_WITH_AES_128_CBC_SHA'],
    serverName: null,
  })
  expect(version).toBe(0x0302)
  expect(extensions.get(13)).toMatch(/02010203$/)
  expect(extensions.has(43)).toBe(false)
})

test('an address is never sent as a name', () => {
  const { extensions } = read({
    versions: ['1.2'],
    suites: ['TLS_RSA_WITH_AES_128_CBC_SHA'],
    serverName: '127.0.0.1',
  })
  expect(extensions.has(0)).toBe(false)
})

test('keys and randoms are fresh', () => {
  const offer: Offer = { versions: ['1.3'], suites: ['TLS_AES_128_GCM_SHA256'], serverName: null }
  expect(read(offer).extensions.get(51)).not.toBe(read(offer).extensions.get(51))
})

test('a suite without a code is an error that names it', () => {
  expect(() => suiteCode('TLS_FOO')).toThrow(/TLS_FOO/)
  expect(new Set(suiteNames.map(suiteCode)).size).toBe(suiteNames.length)
})
