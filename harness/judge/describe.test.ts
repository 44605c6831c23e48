import { expect, test } from 'vitest'
import { describe } from './describe.ts'
import { seen } from './testing/seen.ts'

const suite = 'TLS_AES_128_GCM_SHA256'
const closed = { how: 'end', after: 16 } as const

test.each([
  ['etcd accepted the hello, TLS 1.3', 'a hello', { handshake: false }],
  [
    'the handshake was finished, then etcd closed the connection without a word after 16 ms, TLS 1.3',
    'a connection that is closed afterwards',
    { handshake: true, verified: true as const },
  ],
  [
    'the client refused: another name, TLS 1.3',
    'a client that turns etcd away',
    { handshake: true, verified: 'another name' },
  ],
])('"%s" is said of %s', (words, _, tls) => {
  expect(describe(seen({ closed, tls: { ...tls, version: '1.3', suite } }))).toBe(`${words} ${suite}`)
})
