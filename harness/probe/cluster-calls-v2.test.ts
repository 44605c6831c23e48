import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { LogBook } from '../world/log-book.ts'
import type { ClusterContext } from '../world/running.ts'
import { clusterCalls } from './cluster-calls.ts'
import { fakeCluster } from './testing/stand-in-cluster.ts'

const stops: (() => void)[] = []
afterEach(() => stops.splice(0).forEach((stop) => stop()))

/** One that answers as etcd 2.3.8 does, and what it was asked. */
async function member(answer: (asked: string) => { status: number; body?: object }) {
  const asked: string[] = []
  const server = createServer((request: IncomingMessage, response) => {
    void text(request).then((body) => {
      asked.push([request.method, request.url, body].filter(Boolean).join(' '))
      const { status, body: says } = answer(asked.at(-1) ?? '')
      response.writeHead(status).end(says === undefined ? '' : JSON.stringify(says))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => server.close())
  const { port } = server.address() as AddressInfo
  const a = { name: 'a', address: '127.0.0.1', clientPort: port, peerPort: 1, log: new LogBook() }
  const cluster = fakeCluster([a])
  const context: ClusterContext = {
    ...cluster,
    subject: { ...cluster.subject, etcd: '2.3.8' },
    route: () => Promise.resolve({ address: '127.0.0.1', port }),
  }
  return { asked, calls: clusterCalls(context, undefined) }
}

const id = '9b75113f3950dbce'
const listed = { id, name: 'b', peerURLs: ['http://b:2380'], clientURLs: ['http://b:2379'] }

test('members and keys of etcd 2 are asked for over its v2 API', async () => {
  const node = { key: '/x', dir: true, nodes: [{ key: '/x/a' }, { key: '/x/b' }] }
  const { asked, calls } = await member((request) => {
    if (request.startsWith('POST')) return { status: 201, body: listed }
    if (request.startsWith('DELETE')) return { status: 204 }
    if (request.includes('/stats/')) return { status: 200, body: { leaderInfo: { leader: id } } }
    return { status: 200, body: request.includes('/members') ? { members: [listed] } : { node } }
  })
  expect(await calls.add('a', 'http://b:2380')).toEqual({ is: id })
  const b = { id, name: 'b', peerUrls: ['http://b:2380'], clientUrls: ['http://b:2379'] }
  expect(await calls.members('a')).toEqual({ is: [b] })
  expect(await calls.put('a', 'x/a')).toEqual({ is: true })
  expect(await calls.keys('a', 'x/')).toEqual({ is: ['x/a', 'x/b'] })
  expect(await calls.remove('a', id)).toEqual({ is: true })
  expect(await calls.leader('a')).toEqual({ is: id })
  expect(asked).toEqual([
    'POST /v2/members {"peerURLs":["http://b:2380"]}',
    'GET /v2/members',
    'PUT /v2/keys/x/a value=etcd-tls',
    'GET /v2/keys/x/?quorum=true',
    `DELETE /v2/members/${id}`,
    'GET /v2/stats/self',
  ])
  expect(calls.byHand[0]).toContain('/v2/members')
})

test('what etcd 2 does not do is told in its words', async () => {
  const { calls } = await member(() => ({ status: 409, body: { message: 'peerURL exists' } }))
  expect(await calls.add('a', 'http://b:2380')).toEqual({
    failed: 'POST /v2/members of a: 409 {"message":"peerURL exists"}',
  })
})
