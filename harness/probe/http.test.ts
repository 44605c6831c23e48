import { execa } from 'execa'
import { createServer as plainHttp } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { echo, HttpStandIn, testPki } from './testing/stand-in.ts'

const ground = new HttpStandIn(testPki())
afterEach(() => ground.close())

test('a plain request has the headers of curl, its name among them', async () => {
  const seen = await ground.ask(plainHttp((request, response) => void response.end(echo(request))))
  const asked = JSON.parse(seen.http?.body ?? '') as { rawHeaders: string[] }
  expect(asked).toMatchObject({ method: 'GET', url: '/version' })
  expect(asked.rawHeaders.join('|')).toMatch(
    /^host\|m1\.etcd\.local:\d+\|.*User-Agent\|curl\/[\d.]+\|Accept\|\*\/\*$/,
  )
  expect(seen).toMatchObject({
    connected: true,
    answered: true,
    closed: { how: 'ours' },
    http: { status: 200 },
  })
  expect(seen.localPort).toBeGreaterThan(0)
  expect(seen.error).toBeUndefined()
  expect(seen.byHand[0]).toMatch(
    /^curl -sSv --noproxy '\*' --http1.1 --resolve m1\.etcd\.local:\d+:127\.0\.0\.1 http:/,
  )
})

test('host, method and bodies are sent as asked', async () => {
  const bodies: string[] = []
  const made = () =>
    plainHttp((request, response) => {
      request.setEncoding('utf8').on('data', (text: string) => bodies.push(text))
      request.on('end', () => response.end(echo(request)))
    })
  const form = await ground.ask(made(), { host: 'attacker.example', method: 'PUT', body: 'value=bar' })
  expect(form.http?.body).toContain('"host","attacker.example"')
  expect(form.http?.body).toContain('"Content-Type","application/x-www-form-urlencoded"')
  const json = await ground.ask(made(), { body: { key: 'Zm9v' } })
  expect(json.http?.body).toContain('"method":"POST"')
  expect(json.http?.body).toContain('"Content-Type","application/json"')
  expect(bodies).toEqual(['value=bar', '{"key":"Zm9v"}'])
})

test('a request can follow another on its connection, which must be answered with 2xx', async () => {
  const told: string[] = []
  const made = (first: number) =>
    plainHttp((request, response) => {
      told.push(`${request.headers.host ?? ''} ${String(request.socket.remotePort)}`)
      response.writeHead(request.headers.host === 'listed.example' ? first : 421).end('said')
    })
  const asked = { host: 'attacker.example', afterHost: 'listed.example' }
  const seen = await ground.ask(made(200), asked)
  const port = String(seen.localPort)
  expect(told).toEqual([`listed.example ${port}`, `attacker.example ${port}`])
  expect(seen).toMatchObject({ http: { status: 421, body: 'said' }, closed: { how: 'ours' } })
  expect(seen.probe).toContain(
    ', Host attacker.example, on the connection of a request with Host listed.example',
  )
  const refused = await ground.ask(made(403), asked)
  expect(told).toHaveLength(3)
  expect(refused).toMatchObject({ connected: true, closed: { how: 'ours' }, error: { code: 'NOT_SENT' } })
  expect(refused.http).toBeUndefined()
})

test('a connection that is closed after its first request has no second one', async () => {
  const once = plainHttp((_, response) => void response.writeHead(200, { Connection: 'close' }).end())
  const seen = await ground.ask(once, { host: 'a.example', afterHost: 'b.example' })
  expect(seen.http).toBeUndefined()
  expect(seen.error).toBeDefined()
})

test('the commands of a request say the same to curl', async () => {
  const told: string[][] = []
  const server = plainHttp(({ method = '', headers, socket }, response) => {
    told.push([`${method} ${headers.host ?? ''}`, String(socket.remotePort)])
    response.end('said')
  })
  const typed = async (command = '') => (await execa('bash', ['-c', command])).stdout
  const two = await ground.ask(server, { host: 'attacker.example', afterHost: 'listed.example' })
  told.length = 0
  expect(await typed(two.byHand[0])).toBe('said')
  expect(told.map(([said]) => said)).toEqual(['GET listed.example', 'GET attacker.example'])
  expect(told[0]?.[1]).toBe(told[1]?.[1])
})

test('curl does not wait for the body of a HEAD', async () => {
  const head = await ground.ask(
    plainHttp((_, response) => void response.writeHead(200, { 'Content-Length': 9 }).end()),
    { method: 'HEAD' },
  )
  expect(head.http).toMatchObject({ status: 200, body: '' })
  expect((await execa('bash', ['-c', head.byHand[0] ?? ''])).stdout).toMatch(/^HTTP\/1\.1 200 OK/)
})

test('a redirect is reported, not followed', async () => {
  const seen = await ground.ask(
    plainHttp((_request, response) => void response.writeHead(307, { Location: '/other' }).end()),
  )
  expect(seen.http).toMatchObject({ status: 307, headers: { location: '/other' } })
})

test('a long body is cut; lines can be picked from it', async () => {
  const long = () =>
    plainHttp((_request, response) => void response.end(`${'# filler\n'.repeat(9000)}go_info 1\n`))
  expect((await ground.ask(long())).http?.body).toHaveLength(4096)
  expect((await ground.ask(long(), { lines: 'go_info' })).http?.body).toBe('go_info 1\n')
})
