import { Server as GrpcServer, ServerCredentials } from '@grpc/grpc-js'
import { createServer as httpServer, type Server as HttpServer } from 'node:http'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { http as spec } from '../scenario/probe.ts'
import { methodOf } from './etcd-api.ts'
import { hold, type Held } from './hold.ts'
import { standIn } from './testing/stand-in.ts'

/** What a little etcd on one port does with watches; HTTP/2 goes to its gRPC half, the rest to its HTTP half. */
interface Manner {
  tells?: boolean
  creates?: boolean
}

let open: (() => unknown)[] = []
afterEach(() => {
  for (const close of open.splice(0).reverse()) close()
  open = []
})

async function little({ tells = true, creates = true }: Manner = {}) {
  const web = httpServer((_, response) => void response.end('{"etcdserver":"3.6.16"}'))
  const grpc = grpcServer(tells, creates)
  const grpcPort = await grpc.port
  const sockets: Socket[] = []
  const front = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => undefined).once('data', (first) => split(socket, first, web, grpcPort))
  })
  await listening(front)
  open.push(
    () => front.close(),
    () => sockets.forEach((one) => one.destroy()),
    () => grpc.server.forceShutdown(),
  )
  return { port: (front.address() as AddressInfo).port, sockets }
}

function split(socket: Socket, first: Buffer, web: HttpServer, grpcPort: number): void {
  if (!first.toString('latin1').startsWith('PRI * HTTP/2')) {
    web.emit('connection', socket)
    socket.unshift(first)
    return
  }
  const behind = connect(grpcPort, '127.0.0.1')
  behind.on('error', () => undefined).write(first)
  socket.pipe(behind).pipe(socket)
}

interface Put {
  key: Buffer
  value: Buffer
}
function grpcServer(tells: boolean, creates: boolean) {
  const server = new GrpcServer()
  let tell: (put: Put) => void = () => undefined
  server.addService(
    { put: methodOf('put'), watch: { ...methodOf('watch'), requestStream: true, responseStream: true } },
    {
      put: ({ request }: { request: Put }, done: (error: null, answer: object) => void) => {
        done(null, {})
        if (tells) tell(request)
      },
      watch: (stream: { on(event: 'data', on: () => void): void; write(told: object): void }) => {
        stream.on('data', () => {
          if (creates) stream.write({ created: true })
          tell = (kv) => stream.write({ events: [{ type: 'PUT', kv }] })
        })
      },
    },
  )
  const port = new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    ),
  )
  return { server, port }
}

const listening = (server: Server): Promise<void> =>
  new Promise((resolve) => void server.listen(0, '127.0.0.1', () => resolve()))

async function held(port: number): Promise<Held> {
  const made = await hold(spec({ scheme: 'http', path: '/version' }), standIn(port, { limit: 500 }).context)
  open.push(() => made.close())
  return made
}

test('a connection is asked again over the same port, and its watch tells of a key', async () => {
  const { port, sockets } = await little()
  const one = await held(port)
  expect(one.opened).toMatchObject({ http: { status: 200 }, grpc: { code: 'OK' } })
  expect(one.opened.grpc?.response).toContain('"created":true')
  expect(one.opened.closed).toBeUndefined()
  for (const again of [await one.use(), await one.use()]) {
    expect(again).toMatchObject({
      http: { status: 200 },
      grpc: { code: 'OK' },
      localPort: one.opened.localPort,
    })
    expect(again.grpc?.response).toContain('"type":"PUT"')
    expect(again.closed).toBeUndefined()
  }
  expect(sockets).toHaveLength(2)
  expect(one.ports).toEqual(sockets.map(({ remotePort }) => remotePort))
})

test('a connection that the server closed is seen as closed, and never dialled again', async () => {
  const { port, sockets } = await little()
  const one = await held(port)
  const gone = Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve))))
  for (const socket of sockets) socket.destroy()
  await gone
  const again = await one.use()
  expect(again.http).toBeUndefined()
  expect(again.closed?.how).toMatch(/end|reset/)
  expect(again.grpc?.code).toBe('UNAVAILABLE')
  expect(sockets).toHaveLength(2)
})

test('a watch that does not tell is silence', async () => {
  const { port } = await little({ tells: false })
  const again = await (await held(port)).use()
  expect(again).toMatchObject({ http: { status: 200 }, grpc: { code: 'DEADLINE_EXCEEDED' } })
})

test('a watch that is not created is silence', async () => {
  const { port } = await little({ creates: false })
  expect((await held(port)).opened.grpc).toMatchObject({
    code: 'DEADLINE_EXCEEDED',
    details: expect.stringContaining('not create') as string,
  })
})
