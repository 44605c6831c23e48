import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve, sep } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { etcd, authority, certificateOf, keyOf } from '../../scenario/index.ts'
import type { CellResult } from '../../../reports/schema.ts'
import { noCertificate, ok } from '../../judge/testing/seen.ts'
import { WorldFiles } from '../../world/files.ts'
import { withEvidence } from './evidence-folder.ts'

let out: string
beforeEach(async () => void (out = await mkdtemp(join(tmpdir(), 'etcd-tls-test-'))))
afterEach(() => rm(out, { recursive: true, force: true }))

const result = (more: Partial<CellResult> = {}): CellResult => ({
  cell: 'security/section/claim:tls=1.2',
  claim: 'security/section/claim',
  subject: '3.6.16@module+go1.26.10',
  verdict: 'pass',
  promised: 'a',
  seen: 'b',
  why: [],
  checks: [],
  byHand: ['curl -v', 'etcdctl get'],
  milliseconds: 3,
  ...more,
})
const files = async () =>
  (await readdir(out, { recursive: true, withFileTypes: true }))
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name))

test('has what was seen, each in a file of its own', async () => {
  const written = await withEvidence(out, result({ probe: ok, again: ok, log: [noCertificate] }))
  expect(written.evidence).toBe('evidence/3.6.16@module+go1.26.10/security__section__claim_tls=1.2')
  const folder = join(out, written.evidence ?? '')
  expect((await readdir(folder)).toSorted()).toEqual([
    'again.json',
    'by-hand.txt',
    'certificates.pem',
    'etcd.log',
    'probe.json',
    'verdict.json',
    'world.json',
  ])
  expect(JSON.parse(await readFile(join(folder, 'probe.json'), 'utf8'))).toEqual(ok)
  expect(await readFile(join(folder, 'etcd.log'), 'utf8')).toBe(`${noCertificate.raw}\n`)
  expect(await readFile(join(folder, 'by-hand.txt'), 'utf8')).toBe('curl -v\netcdctl get\n')
  expect(JSON.parse(await readFile(join(folder, 'verdict.json'), 'utf8'))).toMatchObject({ verdict: 'pass' })
})

test('is nothing for a cell that was not asked', async () => {
  expect((await withEvidence(out, result({ verdict: 'not-applicable' }))).evidence).toBeUndefined()
  expect(await files()).toEqual([])
})

test.each([
  ['..', '..'],
  ['.', '...'],
  ['../../etc', '../../../root/x'],
  ['/etc/passwd', '/absolute'],
  ['a\0b', 'c\nd'],
  ['a\\..\\b', 'c:\\d'],
  ['liar:hangs', 'x'.repeat(5000)],
])('stays below its folder: subject %j', async (subject, cell) => {
  const written = await withEvidence(out, result({ subject, cell }))
  const made = await files()
  expect(made.length).toBeGreaterThan(0)
  for (const path of made) expect(resolve(path).startsWith(`${out}${sep}evidence${sep}`), path).toBe(true)
  expect(written.evidence?.split('/')).toHaveLength(3)
})

test('keeps long names apart', async () => {
  const long = 'x'.repeat(400)
  const [a, b] = [result({ cell: `${long}a` }), result({ cell: `${long}b` })]
  expect((await withEvidence(out, a)).evidence).not.toBe((await withEvidence(out, b)).evidence)
})

test('has the certificates of a world and none of its keys', async () => {
  const member = { cn: 'm1', hosts: ['m1.etcd.local'] }
  const made = new WorldFiles(etcd({ options: {} }).authorities, () => '10.138.0.2')
  const key = await made.pem(keyOf(member))
  const texts = await Promise.all([certificateOf(member), authority('ca')].map((ref) => made.pem(ref)))
  const members = [
    { name: 'm1', address: '10.138.0.2', command: ['etcd'], environment: {}, configFile: 'name: m1' },
  ]
  await withEvidence(out, result({ world: { members, certificates: made.issued() } }))
  const all = (await Promise.all((await files()).map((path) => readFile(path, 'utf8')))).join('\n')
  for (const text of texts) expect(all).toContain(text.trim())
  expect(all).not.toContain('PRIVATE KEY')
  expect(all).not.toContain(key.split('\n')[1] ?? 'no key')
})

test('a timeline is there for people and in full', async () => {
  const step = {
    do: 'connect',
    name: 'after',
    began: 12,
    ended: 15,
    what: 'a new connection',
    seen: ok,
  } as const
  const timeline = [{ ...step, serial: 'AA01', met: true as const }]
  const { evidence = '' } = await withEvidence(out, result({ timeline }))
  const text = await readFile(join(out, evidence, 'timeline.txt'), 'utf8')
  expect(text).toBe('✔ 12 ms  new connection: after, shown A\nA is a certificate, serial AA01\n')
  expect(JSON.parse(await readFile(join(out, evidence, 'timeline.json'), 'utf8'))).toEqual(timeline)
  expect(await readFile(join(out, evidence, 'verdict.json'), 'utf8')).not.toContain('timeline')
})

test('results hold the end of the log where all is well; all of it where a declaration went stale', async () => {
  const log = Array.from({ length: 60 }, (_, index) => ({ ...noCertificate, index }))
  const stale = {
    verdict: 'fail',
    builds: 'every build',
    why: 'c',
    evidence: 'not seen',
    stale: true,
  } as const
  const kept = async (more: Partial<CellResult>) =>
    (await withEvidence(out, result({ log, ...more }))).log?.map(({ index }) => index)
  expect(await kept({})).toEqual(log.slice(40).map(({ index }) => index))
  expect(await kept({ declared: stale })).toHaveLength(60)
  expect(await kept({ verdict: 'inconclusive' })).toHaveLength(60)
})
