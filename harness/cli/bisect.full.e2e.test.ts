import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Bisection } from '../../reports/bisect/schema.ts'

const cli = join(import.meta.dirname, 'main.ts')
const cell = 'security/client-certificates/without-one-is-rejected:request=v3,tls='
/** Milliseconds: up to six builds, each with a toolchain that may have to be fetched. */
const limit = 40 * 60_000

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'etcd-tls-test-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function bisect(...args: string[]): Promise<{ report: Bisection; exit: number | undefined }> {
  const all = [cli, 'bisect', ...args, '--json', '--out', await mkdtemp(join(folder, 'run-'))]
  const { stdout, stderr, exitCode } = await execa(process.execPath, all, { cwd: folder, reject: false })
  expect(stderr).not.toContain('etcd-tls: ')
  return { report: Bisection.parse(JSON.parse(stdout)), exit: exitCode }
}
const goOf = (subject = ''): number => Number(/\+go1\.(\d+)/.exec(subject)?.[1])

// Go 1.21 began to send certificate_required (crypto/tls/handshake_server_tls13.go).
test('a change that came with the Go of a release is told from one of etcd', { timeout: limit }, async () => {
  const { report } = await bisect(`${cell}1.3`, '--from', '3.5.8', '--to', '3.5.16', '--go')
  const [step, ...more] = report.steps
  expect(more).toEqual([])
  expect([step?.before.state, step?.after.state]).toEqual(['pass', 'drift'])
  expect(goOf(step?.before.subject)).toBeLessThan(21)
  expect(goOf(step?.after.subject)).toBeGreaterThanOrEqual(21)
  // The younger etcd asks for Go 1.21, so that corner cannot be built.
  expect(step?.blame?.says).toMatch(/^Go alone is enough/)
  expect(step?.blame?.corners.map(({ state }) => state)).toEqual(['pass', 'drift', undefined, 'drift'])
})

// Go 1.25 began to send handshake_failure under TLS 1.2 (crypto/tls/handshake_server.go).
test('the same etcd built with two Gos is halved over Go', { timeout: limit }, async () => {
  const { report, exit } = await bisect(
    `${cell}1.2`,
    '--from',
    '3.5.8+go1.24.13',
    '--to',
    '3.5.8+go1.26.10',
    '--go',
  )
  expect([report.axis, exit]).toEqual(['go', 0])
  expect(report.steps.map(({ before, after }) => [goOf(before.subject), goOf(after.subject)])).toEqual([
    [24, 25],
  ])
  expect(report.steps[0]?.blame).toMatchObject({ by: 'go' })
})

// --host-whitelist came with 3.4.0 (embed/config.go); the step before it, 3.3.27, has the same Go.
test('a change that came with etcd is told from one of Go', { timeout: limit }, async () => {
  const id = 'security/host-whitelist/unlisted-name-is-refused'
  const { report, exit } = await bisect(id, '--from', '3.3.27', '--to', '3.4.24', '--go')
  expect(exit).toBe(0)
  expect(report.steps.map(({ before, after }) => [before.asked, after.asked])).toEqual([['3.3.27', '3.4.0']])
  expect(report.steps[0]?.blame).toMatchObject({ by: 'etcd' })
})
