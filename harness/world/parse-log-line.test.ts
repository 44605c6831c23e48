import { describe, expect, test } from 'vitest'
import { parseLogLine } from './parse-log-line.ts'

const zap = (fields: object) => parseLogLine(JSON.stringify(fields), 4)

describe('zap', () => {
  test('a rejected connection: who, why, for which name', () => {
    const raw =
      '{"level":"warn","ts":"2026-11-22T15:00:00.000Z","caller":"embed/config_logging.go:188","msg":"rejected connection on client endpoint","remote-addr":"10.138.0.1:40000","server-name":"m1.etcd.local","error":"tls: client didn\'t provide a certificate"}'
    expect(parseLogLine(raw, 4)).toEqual({
      index: 4,
      raw,
      level: 'warn',
      message: 'rejected connection on client endpoint',
      remoteAddress: '10.138.0.1',
      remotePort: 40_000,
      serverName: 'm1.etcd.local',
      error: "tls: client didn't provide a certificate",
    })
  })
  test('a rejected host', () => {
    expect(zap({ msg: 'm', host: 'attacker.example' })).toMatchObject({
      message: 'm',
      host: 'attacker.example',
    })
  })
  test.each([
    ['[fd00::1]:2379', 'fd00::1', 2379],
    ['127.0.0.1:1', '127.0.0.1', 1],
  ])('the address %s', (text, remoteAddress, remotePort) => {
    expect(zap({ msg: 'm', 'remote-addr': text })).toMatchObject({ remoteAddress, remotePort })
  })
  test.each([[''], ['nowhere'], ['10.0.0.1'], ['10.0.0.1:port'], [7], [null], [{ port: 1 }]])(
    'no address in %j',
    (text) => {
      const line = zap({ msg: 'm', 'remote-addr': text })
      expect('remotePort' in line || 'remoteAddress' in line).toBe(false)
    },
  )
})

describe('capnslog', () => {
  const at = '2026-11-22 15:00:00.000000'
  test('a rejected connection', () => {
    const line = `${at} I | embed: rejected connection from "10.138.0.1:40000" (error "remote error: tls: bad certificate", ServerName "m1.etcd.local")`
    expect(parseLogLine(line, 0)).toMatchObject({
      level: 'I',
      remotePort: 40_000,
      remoteAddress: '10.138.0.1',
      error: 'remote error: tls: bad certificate',
      serverName: 'm1.etcd.local',
    })
  })
  test('a peer’s, with more behind the name', () => {
    const line = `${at} I | embed: rejected connection from "10.138.0.1:40000" (error "tls: \\"10.138.0.1\\" does not match any of DNSNames [\\"a\\"]", ServerName "", IPAddresses [], DNSNames ["a"])`
    expect(parseLogLine(line, 0)).toMatchObject({
      error: 'tls: "10.138.0.1" does not match any of DNSNames ["a"]',
      serverName: '',
    })
  })
  test('a rejected connection as 3.2.0 to 3.2.10 write it, unquoted', () => {
    const error = 'tls: "10.138.0.1" does not match any of DNSNames ["a" "(b)"]'
    const line = `${at} I | etcdmain: rejected connection from "10.138.0.1:40000" (${error})`
    const read = parseLogLine(line, 0)
    expect(read).toMatchObject({ remotePort: 40_000, remoteAddress: '10.138.0.1', error })
    expect(read.serverName).toBeUndefined()
  })
  test('a line that is cut off in the middle of its reason has none', () => {
    const line = `${at} I | embed: rejected connection from "10.138.0.1:40000" (error "tls: bad`
    expect('error' in parseLogLine(line, 0)).toBe(false)
  })
  test('a quote of Go that JSON does not know stays as it is', () => {
    const line = `${at} I | embed: rejected connection from "a:1" (error "x\\x00y", ServerName "")`
    expect(parseLogLine(line, 0).error).toBe('x\\x00y')
  })
  test('a rejected host', () => {
    const line = `${at} W | embed: rejecting HTTP request from "attacker.example" to prevent DNS rebinding attacks`
    expect(parseLogLine(line, 0)).toMatchObject({ host: 'attacker.example', level: 'W' })
  })
  test('the message is what follows the package', () => {
    expect(parseLogLine(`${at} C | etcdmain: a: b`, 0)).toMatchObject({ level: 'C', message: 'a: b' })
  })
})

describe('a line of neither', () => {
  test.each([
    ['flag provided but not defined: -nothing'],
    ['{"level":"warn"'],
    ['{}x'],
    ['goroutine 1 [running]:'],
    [''],
    ['   {"msg":"not at the start"}'],
    ['\u001b[31mred\u001b[0m'],
    ['2026-11-22 I | embed: no time'],
  ])('is its own message: %j', (raw) => {
    expect(parseLogLine(raw, 1)).toEqual({ index: 1, raw, message: raw })
  })
  test.each([
    ['{}'],
    ['{"msg":5,"error":{"a":1},"level":[]}'],
    ['{"msg":null}'],
    ['{"__proto__":{"msg":"x"}}'],
  ])('of JSON without texts is its own message, too: %s', (raw) => {
    expect(parseLogLine(raw, 1)).toEqual({ index: 1, raw, message: raw })
  })
  test('of a client that writes like etcd within a value is not believed', () => {
    const spoof = 'x","remote-addr":"10.138.0.1:40000","error":"tls: bad'
    const line = zap({ msg: 'm', error: spoof })
    expect(line).toMatchObject({ error: spoof })
    expect('remotePort' in line).toBe(false)
    const name = '10.138.0.1:40000" (error "forged", ServerName "'
    const text = `2026-11-22 15:00:00.000000 I | embed: rejected connection from "10.0.0.9:7" (error "EOF", ServerName ${JSON.stringify(name)})`
    expect(parseLogLine(text, 0)).toMatchObject({ remotePort: 7, error: 'EOF', serverName: name })
  })
  test('that is long takes no long time', () => {
    const began = performance.now()
    for (const text of [
      '{'.repeat(16_000),
      `2026-11-22 15:00:00.0 I | ${'a: '.repeat(5000)}`,
      '"'.repeat(16_000),
    ])
      parseLogLine(text, 0)
    parseLogLine(
      `2026-11-22 15:00:00.0 I | embed: rejected connection from "a" (error "${'\\'.repeat(15_000)}`,
      0,
    )
    expect(performance.now() - began).toBeLessThan(500)
  })
})
