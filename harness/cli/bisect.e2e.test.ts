import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bentRelease } from '../../fixtures/bent.ts'
import { loadResults } from '../../reports/index.ts'
import { Bisection } from '../../reports/bisect/schema.ts'
import { within } from '../within.ts'

const cli = join(import.meta.dirname, 'main.ts')
/** The release and the bent one that the other tests prepare anyway: one etcd, one Go, one check that differs. */
const ends = ['--from', bentRelease, '--to', `bent:whitelist-by-suffix@${bentRelease}`]
const claim = 'security/host-whitelist/unlisted-name-is-refused'

let folder: string
let found: Awaited<ReturnType<typeof bisect>>
let unchanged: Awaited<ReturnType<typeof bisect>>
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'etcd-tls-test-'))
  ;[found, unchanged] = await Promise.all([
    bisect('security/host-whitelist/name-like-a-listed-one-is-refused', ...ends, '--out', 'found'),
    bisect(claim, ...ends, '--json'),
  ])
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const bisect = (...args: string[]) =>
  execa(process.execPath, [cli, 'bisect', ...args], { cwd: folder, reject: false })

describe('a claim of which two cells differ between two builds', () => {
  let report: Bisection
  beforeAll(async () => {
    expect(found.exitCode, found.stderr).toBe(0)
    report = Bisection.parse(JSON.parse(await readFile(join(folder, 'found/bisection.json'), 'utf8')))
  })

  test('is found with the evidence of both sides, side by side', () => {
    const [step, ...more] = report.steps
    expect(more).toEqual([])
    expect([step?.before.state, step?.after.state]).toEqual(['pass', 'fail'])
    expect(report.unchanged.length).toBeGreaterThan(0)
    const rows = Object.fromEntries((step?.shown ?? []).map((row) => [row.what, row]))
    expect(rows['probe']?.before).toContain('status 421')
    expect(rows['log']?.before.join()).toContain('prevent DNS rebinding')
    expect(rows['probe']?.after).toContain('status 200')
    expect(found.stdout).toMatch(/^ {2}verdict +pass +fail$/m)
    expect(step?.cells.map((cell) => cell.split(':')[1])).toEqual(['host=below', 'host=same-end'])
    for (const cell of step?.cells ?? []) expect(found.stdout).toContain(cell)
  })

  test('leaves the results of both builds, and the evidence that the step names', async () => {
    const results = await loadResults(join(folder, 'found/results.json'))
    expect(results.results.map(({ verdict }) => verdict).toSorted()).toEqual(['fail', 'fail', 'pass', 'pass'])
    for (const { evidence = '' } of results.results)
      expect(await readdir(join(folder, 'found', evidence))).toContain('verdict.json')
    expect(await readFile(join(folder, 'found/bisection.md'), 'utf8')).toContain(report.ends.to.subject)
  })
})

test('no change is exit 1, and --json is all that is on standard output', () => {
  const { exitCode, stdout } = unchanged
  const report = Bisection.parse(JSON.parse(stdout))
  expect([exitCode, report.exit, report.steps]).toEqual([1, 1, []])
})

test('an interrupt ends it with its status and leaves nothing in the engine', async () => {
  const own = await mkdtemp(join(folder, 'interrupted-'))
  const child = spawn(process.execPath, [cli, 'bisect', claim, ...ends], {
    cwd: own,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const played = new Promise<void>((resolve) => {
    let text = ''
    child.stderr.on('data', (bytes: Buffer) => {
      text += bytes.toString()
      if (text.includes('playing bent:')) resolve()
    })
  })
  await within(120_000, 'the second build to be played', played)
  const ended = once(child, 'exit')
  child.kill('SIGINT')
  expect(await within(60_000, 'the end of the bisection', ended)).toEqual([130, null])
  const [run = ''] = await readdir(join(own, '.etcd-tls'))
  const filter = ['--filter', `label=etcd-tls.run=${run}`]
  const left = await Promise.all([
    execa('docker', ['ps', '-aq', ...filter]),
    execa('docker', ['network', 'ls', '-q', ...filter]),
  ])
  expect(left.map((one) => one.stdout)).toEqual(['', ''])
})
