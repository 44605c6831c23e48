import { connect as connectInClear } from 'node:net'
import { connect, type ConnectionOptions } from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import { certificateOf, keyOf } from '../../fixtures/credential.ts'
import { dials } from '../scenario/cluster.ts'
import { observeDial } from './dials.ts'
import { fakeCluster, fakeMember, SharedStore } from './testing/stand-in-cluster.ts'

const stops: (() => void)[] = []
afterEach(() => stops.splice(0).forEach((stop) => stop()))

const pair = { cn: 'm1' }

/** The world's only member, and another process. */
const [member, other] = ['127.0.0.1', '127.0.0.2']
type Dial = (port: number) => void
const inTls =
  (localAddress: string, mine: ConnectionOptions = {}): Dial =>
  (port) => {
    const dial = { host: member, port, localAddress, servername: 'me', rejectUnauthorized: false }
    connect({ ...dial, ...mine }).on('error', () => undefined)
  }
const inClear =
  (localAddress: string, text = 'GET /raft/stream/message/1 HTTP/1.1\r\nHost: me\r\n\r\n'): Dial =>
  (port) =>
    void connectInClear({ host: member, port, localAddress })
      .on('error', () => undefined)
      .end(text)

/** What is seen when these dial, again and again, as long as our listener is announced. */
async function seenOf(all: (shown: Dial) => Dial[]) {
  const store = new SharedStore()
  const context = fakeCluster([await fakeMember('m1', store, stops)])
  const cert = await context.pem(certificateOf(pair))
  const key = await context.pem(keyOf(pair))
  const dialling = all(inTls(member, { cert, key }))
  const watch = setInterval(() => {
    const url = store.members[0]?.peerURLs[0]
    if (url !== undefined) dialling.forEach((dial) => dial(Number(new URL(url).port)))
  }, 20)
  try {
    const { dial } = await observeDial(dials(), context)
    expect(store.members).toEqual([])
    return dial
  } finally {
    clearInterval(watch)
  }
}

describe('a member that dials', () => {
  test('shows its certificate, and nobody else does', async () => {
    const dial = await seenOf((shown) => [inTls(other), shown])
    expect(dial).toMatchObject({ from: member, serverName: 'me', version: '1.3' })
    expect(dial?.certificate).toMatchObject({ subject: 'CN=m1' })
    expect(dial?.inClear).toBeUndefined()
  })

  test('is heard in clear, too', async () => {
    const dial = await seenOf((shown) => [inClear(member), shown])
    expect(dial).toMatchObject({ from: member, inClear: 'GET /raft/stream/message/1 HTTP/1.1' })
  })

  test('is heard where it never speaks TLS', async () => {
    const dial = await seenOf(() => [inClear(member, '\u0001\u0000raft')])
    expect(dial).toEqual({ from: member, inClear: '..raft' })
  })

  test('is not taken for another process', async () => {
    const dial = await seenOf((shown) => [inClear(other), shown])
    expect(dial?.inClear).toBeUndefined()
    expect(dial?.certificate).toMatchObject({ subject: 'CN=m1' })
  })
})
