import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadResults, standingOf, type Results } from '../../reports/index.ts'
import { until } from '../engine/until.ts'

const cli = join(import.meta.dirname, 'main.ts')
const asked = ['run', '--etcd', '3.6.16', '--only', 'security/host-whitelist/*']

let folder: string
const at = (name: string): string => join(folder, name)
const etcdTls = (...args: string[]) => execa(process.execPath, [cli, ...args], { reject: false, all: true })
const results = (name: string): Promise<Results> => loadResults(join(at(name), 'results.json'))
const verdicts = ({ results: all }: Results) =>
  all.map((one) => `${one.cell} ${one.verdict} ${standingOf(one)}`).toSorted()

/** Process id of a second shard that was killed while it played. */
let killed: number | undefined

// One shard is killed. Then all three are run, as on three machines, and beside them the whole.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'etcd-tls-test-'))
  killed = await killedShard()
  const runs = [...['1', '2', '3'].map((n) => ['--shard', `${n}/3`, '--out', at(n)]), ['--out', at('whole')]]
  for (const { exitCode, all } of await Promise.all(runs.map((more) => etcdTls(...asked, ...more))))
    expect(exitCode, all).toBe(0)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function killedShard(): Promise<number | undefined> {
  const args = [cli, ...asked, '--shard', '2/3', '--out', at('killed')]
  const child = spawn(process.execPath, args, { stdio: 'ignore' })
  const evidence = async (): Promise<true | undefined> => {
    const there = await access(join(at('killed'), 'evidence')).then(
      () => true,
      () => false,
    )
    return there && (await leftBy(child.pid)).length > 0 ? true : undefined
  }
  // Looked for before the end: as soon as it is dead, a run of another test may take what it left.
  await until('the killed shard to have evidence of a cell, and a world', 120_000, evidence)
  child.kill('SIGKILL')
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
  return child.pid
}

/** Names of containers, networks and temporary folders of a process. */
async function leftBy(pid: number | undefined): Promise<string[]> {
  const containers = await execa('docker', ['ps', '-a', '--format', '{{.Names}}'])
  const networks = await execa('docker', ['network', 'ls', '--format', '{{.Name}}'])
  const names = [...`${containers.stdout}\n${networks.stdout}`.split('\n'), ...(await readdir(tmpdir()))]
  return names.filter((name) => name.includes(`-${String(pid)}-`))
}

test('three shards come to what the whole run comes to', async () => {
  const merge = await etcdTls('report', at('3'), at('1'), at('2'), '--etcd', '3.6.16', '--out', at('merged'))
  expect(merge.exitCode, merge.all).toBe(0)
  const [one, other] = [await results('whole'), await results('merged')]
  expect(verdicts(other)).toEqual(verdicts(one))
  expect(other.claims).toEqual(one.claims)
  const sizes = await Promise.all(['1', '2', '3'].map(async (name) => (await results(name)).results.length))
  expect(sizes.every((size) => size > 5 && size < one.results.length)).toBe(true)
})

test('a shard that is killed makes its cells inconclusive and is named; the next run takes what it left', async () => {
  expect(await leftBy(killed)).toEqual([])
  const { exitCode, all } = await etcdTls('report', at('1'), at('killed'), at('3'), '--out', at('holed'))
  expect(exitCode, all).toBe(3)
  expect(all).toMatch(/shard 2 of 3 on 3\.6\.16@\S+ is missing \(\d+ cells\)/)
  expect(all).toContain('killed/results.json holds no results: it is not there')
  const lost = (await results('2')).results.map(({ cell }) => cell)
  const unsure = (await results('holed')).results.filter(({ verdict }) => verdict === 'inconclusive')
  expect(unsure.map(({ cell }) => cell).toSorted()).toEqual(lost.toSorted())
})

test('a shard without cells says so and needs nothing', async () => {
  const { exitCode, stdout } = await execa(
    process.execPath,
    [cli, 'run', '--only', 'security/host-whitelist/available-from', '--shard', '5/5', '--out', at('empty')],
    { reject: false, env: { DOCKER_HOST: 'tcp://127.0.0.1:1' } },
  )
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('shard 5 of 5 has no cells')])
})
