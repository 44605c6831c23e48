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
