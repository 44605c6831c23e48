import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { shaped, type Shape } from '../../fixtures/pki/shaped.ts'
import { temporaryFolder, type TemporaryFolder } from '../engine/temporary.ts'

const main = join(import.meta.dirname, 'main.ts')
const now = new Date()
const root = shaped({ cn: ['root'], basic: { authority: true }, keyUsage: [5, 6] }, now)
const good: Shape = { cn: ['client'], usages: ['clientAuth', 'serverAuth'] }
const named: Shape = {
  ...good,
  names: [
    { kind: 'dns', value: 'etcd.example.com' },
    { kind: 'ip', value: '192.0.2.7' },
  ],
}
const files = {
  'ca.pem': root.pem,
  'client.pem': shaped(good, now, root).pem,
  'old.pem': shaped({ ...good, notBefore: '-2d', notAfter: '-1d' }, now, root).pem,
  'server.pem': shaped(named, now, root).pem,
  'other.pem': shaped({ ...named, names: [{ kind: 'dns', value: 'other.example' }] }, now, root).pem,
}

let temporary: TemporaryFolder
beforeAll(async () => {
  temporary = await temporaryFolder('prove')
  for (const [name, text] of Object.entries(files)) await writeFile(join(temporary.path, name), text)
})
afterAll(() => temporary[Symbol.asyncDispose]())

interface Shown {
  readonly tried: string
  readonly said: string
  readonly seen: string
  readonly agrees: boolean
  readonly evidence: readonly string[]
}
async function proved(
  ...args: string[]
): Promise<{ exit: number | undefined; shown: readonly Shown[]; left: readonly string[] }> {
  const { exitCode, stdout } = await execa(
    process.execPath,
    [main, 'explain', ...args, '--prove', '--json'],
    {
      reject: false,
      cwd: temporary.path,
    },
  )
  const { proof } = JSON.parse(stdout) as { proof: { shown: Shown[]; left: string[] } }
  return { exit: exitCode, ...proof }
}

// Each starts an etcd of its own.
test.concurrent('a good client and a name that etcd has: both sides are shown', async () => {
  const { exit, shown, left } = await proved(
    ...'--cert client.pem --ca ca.pem --server server.pem --to etcd.example.com'.split(' '),
  )
  expect(shown.map(({ seen, agrees }) => [seen, agrees])).toEqual([
    ['accepted', true],
    ['accepted', true],
  ])
  expect({ exit, left }).toEqual({ exit: 0, left: [] })
})

test.concurrent('a client that will not have the name, and an address that etcd has', async () => {
  const wrong = await proved(
    ...'--cert client.pem --ca ca.pem --server server.pem --to wrong.example.com'.split(' '),
  )
  expect(wrong.shown.map(({ said, agrees }) => [said, agrees])).toEqual([
    ['accepted', true],
    ['refused', true],
  ])
  expect(wrong.shown[1]?.evidence[0]).toMatch(
    /x509: certificate is valid for etcd\.example\.com, not wrong\.example\.com/,
  )
  expect(wrong.exit).toBe(1)
  const address = await proved(
    ...'--cert client.pem --ca ca.pem --server server.pem --to 192.0.2.7'.split(' '),
  )
  expect(address.shown.map(({ seen, agrees }) => [seen, agrees])).toEqual([
    ['accepted', true],
    ['accepted', true],
  ])
})

test.concurrent('what was refused is refused for the same reason, in etcd’s own words', async () => {
  const { exit, shown } = await proved('--cert', 'old.pem', '--ca', 'ca.pem')
  expect(shown).toMatchObject([{ said: 'refused', seen: 'refused', agrees: true }])
  expect(shown[0]?.evidence.join('\n')).toMatch(/certificate has expired or is not yet valid/)
  expect(exit).toBe(1)
})

test.concurrent('a member from its own address, which the log names as it was given', async () => {
  const args = '--cert other.pem --ca ca.pem --server server.pem --peer-from 192.0.2.9'.split(' ')
  const led = await proved(...args, '--resolv', 'other.example=192.0.2.9')
  expect({ exit: led.exit, seen: led.shown[0]?.seen, agrees: led.shown[0]?.agrees }).toEqual({
    exit: 0,
    seen: 'accepted',
    agrees: true,
  })
  const lost = await proved(...args, '--resolv', 'other.example=192.0.2.10')
  expect({ exit: lost.exit, agrees: lost.shown[0]?.agrees }).toEqual({ exit: 1, agrees: true })
  expect(lost.shown[0]?.evidence.join('\n')).toMatch(
    /tls: "192\.0\.2\.9" does not match any of DNSNames \["other\.example"\]/,
  )
})

test.concurrent('an etcd that does not start', async () => {
  const { exit, shown } = await proved(
    '--cert',
    'client.pem',
    '--ca',
    'ca.pem',
    '--options',
    '--client-cert-auth --frobnicate',
  )
  expect(shown).toMatchObject([{ said: 'refused', seen: 'refused', agrees: true }])
  expect(shown[0]?.evidence).toEqual(['it ended with status 2', 'flag provided but not defined: -frobnicate'])
  expect(exit).toBe(1)
})
