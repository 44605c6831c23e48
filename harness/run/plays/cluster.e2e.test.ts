import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadResults, type Results } from '../../../reports/index.ts'

// Acts on members from end to end on one line: a cluster on loopback addresses, joins and their refusals, a dial.
let folder: string
let results: Results
const globs = [
  'security/basic-setup/peer-certificate-serves-both-ways:side=dials',
  'security/basic-setup/peer-client-cert-auth-demands-a-certificate:as=member,certificate=expired',
  'security/peer-common-name/equal-names-form:at=loopback',
  'security/peer-common-name/other-flag-value-is-refused',
]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'etcd-tls-test-'))
  const out = join(folder, 'run')
  const cli = join(import.meta.dirname, '../../cli/main.ts')
  const only = globs.flatMap((glob) => ['--only', glob])
  const { exitCode, all } = await execa(
    process.execPath,
    [cli, 'run', '--etcd', '3.6.16', ...only, '--out', out],
    { all: true, reject: false },
  )
  expect(exitCode, all).toBe(0)
  results = await loadResults(join(out, 'results.json'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const of = (part: string) => results.results.find(({ cell }) => cell.includes(part))

test('a dial shows the certificate of the member, from its address', () => {
  const { probe } = of('side=dials') ?? {}
  expect(probe?.dial?.certificate?.subject).toBe('CN=a.etcd.local')
  expect(probe?.dial?.from).toBe(probe?.to)
})

test('a refused join has its line, its end and its control', () => {
  const { probe, control } = of('certificate=expired') ?? {}
  expect(probe?.join).toMatchObject({ added: true, started: false, exit: 1, listed: false })
  expect(probe?.log.some(({ remoteAddress }) => remoteAddress === probe.join?.address)).toBe(true)
  expect(control?.join).toMatchObject({ added: true, started: true, listed: true, writtenAndRead: true })
})

test('a candidate that refuses says so, and the member is told', () => {
  const { probe } = of('other-flag-value') ?? {}
  expect(probe?.join?.said.some(({ raw }) => raw.includes('client certificate authentication failed'))).toBe(
    true,
  )
  expect(probe?.log.some(({ error }) => error === 'remote error: tls: bad certificate')).toBe(true)
})

test('members on loopback addresses are asked from within', () => {
  const { probe } = of('at=loopback') ?? {}
  expect(probe?.form?.members.map(({ name, readThrough }) => [name, readThrough])).toEqual([
    ['m1', ['m2', 'm3']],
    ['m2', ['m1', 'm3']],
    ['m3', ['m1', 'm2']],
  ])
})
