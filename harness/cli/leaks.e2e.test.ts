import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { execa } from 'execa'
import { afterEach, describe, expect, test } from 'vitest'
import { loadResults } from '../../reports/index.ts'
import { engineClient, runLabel } from '../engine/client.ts'
import { sweep } from '../engine/sweep.ts'
import { within } from '../within.ts'

const cli = join(import.meta.dirname, 'main.ts')
const busy = join(import.meta.dirname, '../engine/testing/busy-run.ts')
const children: ChildProcess[] = []
const runs: string[] = []
const folders: string[] = []

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const run of runs.splice(0)) await sweep({ run })
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

interface Running {
  readonly child: ChildProcess
  readonly run: string
  readonly out: string
  /** The image of its first world. */
  readonly image: string
}

/** A run of many cells, at the moment when the berth of its first world starts. */
async function running(): Promise<Running> {
  const docker = (await engineClient()).container.dockerode
  const filters = JSON.stringify({ type: ['container'], event: ['start'], label: [runLabel] })
  const events = (await docker.getEvents({ filters })) as Readable
  const folder = await mkdtemp(join(tmpdir(), 'etcd-tls-test-'))
  folders.push(folder)
  const out = join(folder, 'run')
  const args = [cli, 'run', '--etcd', '3.6.16', '--only', 'security/host-whitelist', '--out', out]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  children.push(child)
  const started = Promise.race([firstWorld(events, `-${String(child.pid)}-`), endsEarly(child)])
  const { run, image } = await within(120_000, 'the first world of the run', started)
  events.destroy()
  runs.push(run)
  return { child, run, out, image }
}

/** A run that ends before it has a world says why. */
async function endsEarly({ stderr }: ChildProcess): Promise<never> {
  throw new Error(`the run ended before its first world: ${await text(stderr ?? Readable.from([]))}`)
}

interface EngineEvent {
  readonly Actor: { readonly Attributes: Readonly<Record<string, string>> }
}

/** The engine tells one event per line. Containers that describe the subject are no world. */
async function firstWorld(events: Readable, pid: string): Promise<{ run: string; image: string }> {
  let rest = ''
  for await (const piece of events) {
    const lines = (rest + String(piece)).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const {
        name = '',
        image = '',
        [runLabel]: run = '',
      } = (JSON.parse(line) as EngineEvent).Actor.Attributes
      if (run.includes(pid) && /-\d+-seat-\d+$/.test(name)) return { run, image }
    }
  }
  throw new Error('the engine told no more')
}

const ended = async (child: ChildProcess): Promise<[number | null, string | null]> =>
  child.exitCode === null && child.signalCode === null
    ? within(60_000, 'the end of the run', once(child, 'exit') as Promise<[number | null, string | null]>)
    : [child.exitCode, child.signalCode]

/** What is left of a run: containers, networks, temporary folders. */
async function left(run: string): Promise<[number, number, number]> {
  const docker = (await engineClient()).container.dockerode
  const filters = { label: [`${runLabel}=${run}`] }
  const [containers, networks, names] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listNetworks({ filters }),
    readdir(tmpdir()),
  ])
  return [containers.length, networks.length, names.filter((name) => name.includes(run)).length]
}

describe('a run that is interrupted', () => {
  test('by SIGINT or SIGTERM ends with its status, keeps what it knows and leaves nothing', async () => {
    await Promise.all([interrupted('SIGINT', 130), interrupted('SIGTERM', 143)])
  })

  async function interrupted(signal: NodeJS.Signals, exit: number): Promise<void> {
    const { child, run, out } = await running()
    child.kill(signal)
    expect(await ended(child), signal).toEqual([exit, null])
    expect(await left(run), signal).toEqual([0, 0, 0])
    const results = await loadResults(join(out, 'results.json'))
    expect(results.run.interrupted).toBe(signal)
    const cells = results.claims.flatMap((claim) => claim.cells.map(({ id }) => id)).sort()
    expect(results.results.map(({ cell }) => cell).sort()).toEqual(cells)
    const undone = results.results.filter(({ verdict }) => verdict === 'inconclusive')
    expect(undone.length).toBeGreaterThan(0)
    for (const { why } of undone) expect(why.join()).toMatch(/^(not-run|run-ended): /)
  }

  test('twice leaves at once, and `clean` takes what it left', async () => {
    const { child, run } = await running()
    child.kill('SIGINT')
    // Within a second it counts as the first one once more.
    await setTimeout(1100)
    child.kill('SIGINT')
    expect(await ended(child)).toEqual([130, null])
    await execa(process.execPath, [cli, 'clean'])
    expect(await left(run)).toEqual([0, 0, 0])
  })
})

test('a run that was killed is cleaned up after; a living neighbour is not touched', async () => {
  const { child, run, image } = await running()
  const neighbour = spawn(process.execPath, [busy, image, '/usr/local/bin/etcd'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(neighbour)
  const [line] = (await once(neighbour.stdout, 'data')) as [Buffer]
  const living = line.toString().trim()
  runs.push(living)
  child.kill('SIGKILL')
  expect(await ended(child)).toEqual([null, 'SIGKILL'])
  const [containers, networks] = await left(run)
  expect([containers > 0, networks]).toEqual([true, 1])
  await execa(process.execPath, [cli, 'clean'])
  expect(await left(run)).toEqual([0, 0, 0])
  expect(await left(living)).toEqual([2, 1, 1])
})

test.each([[[]], [['--out', 'fresh/run']]])(
  'a run with %j whose subject is refused leaves no folder',
  async (out) => {
    const folder = await mkdtemp(join(tmpdir(), 'etcd-tls-test-'))
    folders.push(folder)
    const args = [cli, 'run', '--etcd', `file:${folder}`, ...out]
    const { exitCode, stderr } = await execa(process.execPath, args, { cwd: folder, reject: false })
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('it is a folder')])
    expect(await readdir(folder)).toEqual([])
  },
)
