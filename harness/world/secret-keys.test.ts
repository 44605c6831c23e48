import { createPrivateKey } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { keyOf, type CredentialSpec } from '../../fixtures/credential.ts'
import { passphrase } from '../../fixtures/pki/key-text.ts'
import { createPki } from '../../fixtures/pki/pki.ts'
import { LogBook } from './log-book.ts'
import { parseLogLine } from './parse-log-line.ts'
import { blank, SecretKeys } from './secret-keys.ts'
import { WorldFiles } from './files.ts'

const pki = createPki({ authorities: { ca: {} }, resolve: (host) => host, now: new Date() })
const specs: readonly CredentialSpec[] = [
  {},
  { keyFormat: 'traditional' },
  { keyFormat: 'encrypted-pkcs8' },
  { keyFormat: 'encrypted-traditional' },
  { key: 'rsa-2048' },
  { key: 'rsa-2048', keyFormat: 'traditional' },
]
const named = specs.map((spec) => [JSON.stringify(spec), spec] as const)
const pairOf = (spec: CredentialSpec) => {
  const keys = new SecretKeys()
  const pem = pki.key(spec)
  keys.learn(pem)
  const body = pem.split('\n').filter((line) => !/^-|:|^$/.test(line))
  return { keys, pem, body }
}
const derOf = (pem: string) =>
  createPrivateKey({ key: pem, passphrase }).export({ type: 'pkcs8', format: 'der' })

describe.each(named)('a key that was given out: %s', (_, spec) => {
  const { keys, pem, body } = pairOf(spec)

  test('is kept in no log, however a line has it', () => {
    const encoded = Buffer.from(pem)
    const lines = [
      JSON.stringify({ level: 'info', msg: 'loaded', key: pem }),
      JSON.stringify({ msg: 'loaded', key: body.join('\n') }),
      `embed: key ${body.join('')} loaded`,
      `key=${encoded.toString('base64')}`,
      `key=${encoded.subarray(1).toString('base64url')}`,
      `key=${encoded.toString('hex')}`,
      ...(spec.keyFormat?.startsWith('encrypted') === true
        ? []
        : [
            `key=${derOf(pem).toString('base64')}`,
            `key=${derOf(pem).subarray(2).toString('base64url')}`,
            `key=${derOf(pem).toString('hex').toUpperCase()}`,
          ]),
    ]
    for (const line of lines) {
      const kept = keys.reader()(line)
      expect(kept).toContain(blank)
      expect(kept).not.toMatch(/[A-Za-z0-9+/_-]{40}/)
    }
  })

  test('is kept in no log where it comes line by line', () => {
    const log = new LogBook(keys)
    const writer = log.writer()
    writer.write(Buffer.from(`before\n${pem}after\n`))
    const raws = log.lines.map(({ raw }) => raw)
    expect([raws[0], raws.at(-1)]).toEqual(['before', 'after'])
    expect(new Set(raws.slice(1, -1))).toEqual(new Set([blank]))
    expect(keys.takenOutOf(`a\n${body.join('\n')}\nb\n`)).not.toContain(body[0])
  })

  test('takes nothing away from its certificate or from what else is long', () => {
    const certificate = pki.certificate({ ...spec })
    const der = Buffer.from(certificate.split('\n').slice(1, -2).join(''), 'base64')
    const others = [
      certificate,
      ...[0, 1, 2].map((skip) => der.subarray(skip).toString('base64')),
      der.toString('hex'),
      JSON.stringify({ certificate, hash: '0123456789abcdef'.repeat(4) }),
      '/etc/etcd-tls/a-very-long-path-without-any-dot-in-it/and-more',
      pki.key({ cn: 'another' }).split('\n')[2] ?? '',
    ]
    for (const text of others) expect(keys.takenOutOf(text)).toBe(text)
  })
})

describe('a key that nobody gave out', () => {
  const pem = pki.key({ cn: 'stranger', key: 'rsa-2048' })

  test('is known by its first and last line', () => {
    const read = new SecretKeys().reader()
    const lines = ['before', ...pem.trimEnd().split('\n'), 'after', 'MIIabc']
    expect(lines.map(read).filter((line) => line !== blank)).toEqual(['before', 'after', 'MIIabc'])
    expect(read(`quoted "${pem.replaceAll('\n', '\\n')}", then more`)).toBe(`quoted "${blank}\\n", then more`)
  })

  test('leaves the lines that follow one which was cut off', () => {
    const read = new SecretKeys().reader()
    expect(read('{"key":"-----BEGIN PRIVATE KEY-----\\nMII","more":1}')).toBe(`{"key":"${blank}","more":1}`)
    expect(read('{"level":"info"}')).toBe('{"level":"info"}')
    expect(read('MII')).toBe('MII')
  })
})

test('what is left of a line is read as before', () => {
  const { keys, pem, body } = pairOf({})
  for (const key of [pem, `\n${body.join('\n')}\n`]) {
    const raw = JSON.stringify({ msg: 'rejected', key, 'remote-addr': '10.0.0.1:4000', error: 'bad' })
    const { message, remotePort, error } = parseLogLine(keys.reader()(raw), 0)
    expect([message, remotePort, error]).toEqual(['rejected', 4000, 'bad'])
  }
})

test('a world knows the keys that it gives out', async () => {
  const files = new WorldFiles({ ca: {} }, (host) => host)
  const pem = await files.pem(keyOf({}))
  expect(files.keys.takenOutOf(pem.split('\n')[1] ?? '')).toBe(blank)
})
