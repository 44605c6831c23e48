import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { dirname } from 'node:path'
import { text } from 'node:stream/consumers'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sources } from '../../docker/init/recipe.ts'
import { makeRunId } from '../engine/run-id.ts'
import { sweep } from '../engine/sweep.ts'
import { actFor } from '../engine/temporary.ts'
import { testGround } from '../testing/ground.ts'
import { testInit } from '../testing/init.ts'
import { within } from '../within.ts'
import { Berth } from './berth.ts'
import { gatewayOf } from './network.ts'

const runId = makeRunId()
const port = 10_000
let berth: Berth
let address: string
let server: Server
let endpoint: string

beforeAll(async () => {
  actFor(runId)
  const { subject, ground } = await testGround(runId)
  address = ground.addresses.next()
  const place = { runId, network: ground.network, address, image: subject.reference }
  berth = await Berth.open({ ...place, init: await testInit(), name: 'berth' })
  server = createServer({ allowHalfOpen: true }).listen(0, gatewayOf(ground.network))
  await once(server, 'listening')
  endpoint = `${gatewayOf(ground.network)}:${String((server.address() as AddressInfo).port)}`
})
afterAll(async () => {
  server.close()
  await sweep({ run: runId })
})

/** What a test waits for comes at once, or never. */
const soon = (): { readonly signal: AbortSignal } => ({ signal: AbortSignal.timeout(5_000) })
const dialled = async (): Promise<Socket> => {
  const socket = connect({ host: address, port, allowHalfOpen: true })
  socket.on('error', () => undefined)
  await once(socket, 'connect', soon())
  return socket
}
/** Both ends of a connection through the relay. */
const pair = async (): Promise<[client: Socket, server: Socket]> => {
  const accepted = once(server, 'connection', soon()) as Promise<[Socket]>
  const client = await dialled()
  const [other] = await accepted
  other.on('error', () => undefined)
  return [client, other]
}
const textOf = (socket: Socket): Promise<string> =>
  within(5_000, 'the end of what the other side says', text(socket))
const fault = async (socket: Socket): Promise<unknown> => {
  const [error] = (await once(socket, 'error', soon())) as [NodeJS.ErrnoException]
  return error.code
}

test('whoever is dialled sees the address of the relay, and each side what the other said until its end', async () => {
  const relay = await berth.relay(port, endpoint)
  const [client, other] = await pair()
  expect(other.remoteAddress).toBe(address)
  client.end('asked')
  expect(await textOf(other)).toBe('asked')
  other.end('answered')
  expect(await textOf(client)).toBe('answered')
  await relay.remove()
})

test('a reset is passed on as a reset, both ways', async () => {
  const relay = await berth.relay(port, endpoint)
  const [one, far] = await pair()
  const seen = fault(one)
  far.resetAndDestroy()
  expect(await seen).toBe('ECONNRESET')
  const [near, other] = await pair()
  const heard = fault(other)
  near.resetAndDestroy()
  expect(await heard).toBe('ECONNRESET')
  await relay.remove()
})

test('what the other side said before it was reset is heard', async () => {
  const cwd = dirname(sources[0] ?? '')
  const { exitCode, all } = await execa('go', ['test', '-count=1', '.'], { cwd, all: true, reject: false })
  expect([exitCode, all]).toEqual([0, expect.stringContaining('ok')])
})

test('where nobody listens the connection is reset', async () => {
  const relay = await berth.relay(port, `${address}:9`)
  const client = connect({ host: address, port })
  expect(await fault(client)).toBe('ECONNRESET')
  await relay.remove()
})

test('a relay that is removed breaks what went through it, and its port is free', async () => {
  const relay = await berth.relay(port, endpoint)
  const [client] = await pair()
  await expect(berth.relay(port, endpoint)).rejects.toMatchObject({ code: 'no-relay' })
  const broken = fault(client)
  await relay.remove()
  expect(await broken).toBe('ECONNRESET')
  expect(await fault(connect({ host: address, port }))).toBe('ECONNREFUSED')
  await (await berth.relay(port, endpoint)).remove()
})

test('with the container its relays are gone', async () => {
  const relay = await berth.relay(port, endpoint)
  await berth.remove()
  await relay.remove()
  await expect(berth.relay(port, endpoint)).rejects.toMatchObject({ code: 'berth-lost' })
})
