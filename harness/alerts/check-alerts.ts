import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { execa } from 'execa'
import { coerce, compare } from 'semver'
import { listed, type AlertsOfBuild } from '../../fixtures/alerts-seen.ts'
import { loadResults } from '../../reports/index.ts'
import { HarnessError, inputError } from '../errors.ts'
import { changes, contradictions } from './contradictions.ts'
import { seenIn } from './seen-in.ts'

const help = `Provokes every refusal that Go has an alert for, on builds with several releases of Go, and holds what etcd
sends against the tables of fixtures/refusal-alerts.ts and against what was seen before.

  npm run alerts -- [--etcd SUBJECT]… [--write]

Builds, unless --etcd names others: one etcd with Go 1.19 to 1.26, both sides of each step of the tables among them,
and the releases that older Gos built. --write keeps what was seen in fixtures/alerts-seen.json; builds that were not
played stay in it. Builds are kept in the engine (\`etcd-tls clean --subjects\` removes them).
Exit 0: all as before and as the tables say; 1: not so; 2: usage; 3: a refusal could not be told.`

/** 3.5.8 has the widest range of Go of all; older Gos build only older releases. */
const builds = [
  ...['3.3.10', '3.3.27', '3.4.24', '3.4.25'],
  ...['1.19.13', '1.20.14', '1.21.0', '1.24.13', '1.25.0', '1.26.10'].map((go) => `3.5.8+go${go}`),
  ...['3.5.16', '3.6.16'],
]

const root = resolve(import.meta.dirname, '../..')
const fixture = join(root, 'fixtures/alerts-seen.json')
const say = (text: string): void => void process.stdout.write(`${text}\n`)

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      etcd: { type: 'string', multiple: true, default: builds },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return (say(help), 0)
  const known = JSON.parse(await readFile(fixture, 'utf8')) as AlertsOfBuild[]
  const now: AlertsOfBuild[] = []
  const wrong: string[] = []
  const untold: string[] = []
  for (const asked of values.etcd)
    for (const read of await seenOn(asked)) {
      now.push(read.build)
      untold.push(...read.untold)
      wrong.push(...contradictions(read.build))
      const before = known.find((one) => isSame(one, read.build))
      if (!values.write) wrong.push(...changes(before ?? { ...read.build, alerts: {} }, read.build))
    }
  if (values.write) await writeFile(fixture, `${JSON.stringify(merged(known, now), null, 2)}\n`)
  for (const line of [...wrong, ...untold.map((cell) => `not to be told: ${cell}`)]) say(line)
  say(`${String(now.length)} builds, ${String(now.flatMap(({ alerts }) => listed(alerts)).length)} refusals`)
  return untold.length > 0 ? 3 : wrong.length > 0 ? 1 : 0
}

/** One run of `etcd-tls run`; its verdicts are the judge's, and what is read here are its observations. */
async function seenOn(asked: string): Promise<ReturnType<typeof seenIn>> {
  const folder = await mkdtemp(join(tmpdir(), 'etcd-tls-alerts-'))
  try {
    const out = join(folder, 'run')
    const scenario = join(import.meta.dirname, 'alerts.scenario.ts')
    const args = [join(root, 'harness/cli/main.ts'), 'run', scenario, '--etcd', asked, '--out', out]
    const { exitCode, all } = await execa(process.execPath, args, { all: true, reject: false })
    if (exitCode === 2) throw inputError('subject', all.trim())
    if (exitCode === undefined) throw new Error(all)
    say(`${asked}: exit ${String(exitCode)}`)
    return seenIn(await loadResults(join(out, 'results.json')))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const isSame = (a: AlertsOfBuild, b: AlertsOfBuild): boolean => a.etcd === b.etcd && a.go === b.go

function merged(known: readonly AlertsOfBuild[], now: readonly AlertsOfBuild[]): AlertsOfBuild[] {
  const kept = known.filter((one) => !now.some((other) => isSame(one, other)))
  const order = (a: string, b: string): number => compare(coerce(a) ?? a, coerce(b) ?? b)
  return [...kept, ...now].toSorted((a, b) => order(a.go, b.go) || order(a.etcd, b.etcd))
}

try {
  process.exitCode = await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  const usage =
    error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  process.exitCode = usage || (error instanceof HarnessError && error.exit === 2) ? 2 : 3
}
