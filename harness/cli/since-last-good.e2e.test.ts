import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadResults, type Results } from '../../reports/index.ts'
import { readAllure } from '../testing/read-allure.ts'
import { temporaryFolder, type TemporaryFolder } from '../engine/temporary.ts'

const main = join(import.meta.dirname, 'main.ts')
const like = 'security/host-whitelist/name-like-a-listed-one-is-refused'
const [below, domain] = [`${like}:host=below`, `${like}:host=domain`]
/** Passes, known deviations, and what 3.6.16 does not have. */
const several = [
  like,
  'security/host-whitelist/empty-allows-all',
  'security/host-whitelist/unlisted-name-is-refused:*port=with',
]

interface Ran {
  readonly exit: number | undefined
  readonly output: string
  readonly results: Results
}

/** What the tests look at: a run, and what comes after it, each in the folder of its name. */
interface Runs {
  readonly first: Ran
  /** A bent etcd, which takes names for listed that only end like a listed one. */
  readonly bent: Ran
  readonly second: Ran
  /** One cell is asked for again, and one claim was another in the first run. */
  readonly again: Ran
  /** Of the first run's image, and of its harness, nobody knows any more. */
  readonly anew: Ran
}

let temporary: TemporaryFolder
let runs: Runs
/** How many cells of the first run were played, and how many do not apply. */
let [asked, outside] = [0, 0]

beforeAll(async () => {
  temporary = await temporaryFolder('last-good')
  await mkdir(at('runs'))
  const first = await run(several, 'runs/first', '3.6.16', '--since-last-good', at('runs'))
  outside = sources(first).outside?.length ?? 0
  asked = first.results.results.length - outside
  await otherwise('was/claim', first, ({ claims }) => ({
    claims: claims.map((claim) => ({
      ...claim,
      cells: claim.cells.map((one) => (one.id === domain ? { ...one, definition: 'other' } : one)),
    })),
  }))
  await otherwise('were/image', first, ({ subjects }) => ({
    subjects: subjects.map((one) => ({ ...one, image: 'sha256:other' })),
  }))
  await otherwise('were/harness', first, ({ run: of }) => ({ run: { ...of, harness: 'other' } }))
  const baseline = ['--baseline', at('runs/first')]
  const [bent, second, again, anew] = await Promise.all([
    run([like], 'bent', 'bent:whitelist-by-suffix', ...baseline),
    run(several, 'second', '3.6.16', '--since-last-good', at('runs')),
    run(several, 'again', '3.6.16', '--since-last-good', at('was/claim'), '--again', below),
    run(several, 'anew', '3.6.16', '--since-last-good', at('were'), ...baseline),
  ])
  runs = { first, bent, second, again, anew }
})
afterAll(() => temporary[Symbol.asyncDispose]())

const at = (name: string): string => join(temporary.path, name)

/** A run of few cells into a folder of its own. */
async function run(cells: readonly string[], out: string, etcd: string, ...options: string[]): Promise<Ran> {
  const only = cells.flatMap((cell) => ['--only', cell])
  const args = ['run', '--etcd', etcd, ...only, '--out', at(out), ...options]
  const { exitCode, all } = await execa(process.execPath, [main, ...args], {
    all: true,
    reject: false,
    cwd: temporary.path,
  })
  return { exit: exitCode, output: all, results: await loadResults(at(`${out}/results.json`)) }
}

/** The exit status of a report on a folder. */
const report = async (...args: string[]): Promise<number | undefined> =>
  (await execa(process.execPath, [main, 'report', ...args], { reject: false })).exitCode

/** The first run as it would be if something had been otherwise then. */
async function otherwise(
  name: string,
  { results }: Ran,
  change: (results: Results) => Partial<Results>,
): Promise<void> {
  await mkdir(at(name), { recursive: true })
  await writeFile(at(`${name}/results.json`), JSON.stringify({ ...results, ...change(results) }))
  await symlink(at('runs/first/evidence'), at(`${name}/evidence`))
}

/** Results by where they are from: an earlier run, this one, or nowhere, since they do not apply. */
const sources = ({ results }: Ran) =>
  Object.groupBy(results.results, ({ reused, verdict }) =>
    reused !== undefined ? 'reused' : verdict === 'not-applicable' ? 'outside' : 'played',
  )

/** What a run says of how many results it reuses, and of the others. */
const told = (reused: number, played: string): string =>
  `since the last good run: ${String(reused)} of ${String(asked + outside)} results are reused, ` +
  `${String(outside)} do not apply, ${played}`

test('the first run has nothing to reuse', () => {
  const { exit, output, results } = runs.first
  expect(exit, output).toBe(0)
  expect(new Set(results.results.map(({ verdict }) => verdict))).toEqual(
    new Set(['pass', 'fail', 'not-applicable']),
  )
  expect(output).toContain(told(0, `${String(asked)} are played`))
  expect(sources(runs.first).reused).toBeUndefined()
})

test('a build that answers more names than it should: exit 1, and the cells are named', async () => {
  const { exit, output } = runs.bent
  expect(exit, output).toBe(1)
  expect(output).toMatch(new RegExp(`^regressed {2}${below}$`, 'm'))
  expect(output.replaceAll(/\s+/g, ' ')).toContain('of different origin (bent against module)')
  expect(output).toMatch(/✘ exit 1: \d regressed since the baseline/)
  // The other way round the promise is kept again, which only --strict minds.
  const back = [at('runs/first'), '--baseline', at('bent')]
  expect(await report(...back, '--out', at('back'))).toBe(0)
  expect(await report(...back, '--strict', '--out', at('strict'))).toBe(1)
})

test('the second run plays nothing, says so, and its folder is whole', async () => {
  const { exit, output, results } = runs.second
  expect(exit, output).toBe(0)
  expect(output).toContain(told(asked, 'nothing is played'))
  expect(results.phases).toMatchObject({ worldCount: 0, probeCount: 0 })
  const { id, started } = runs.first.results.run
  for (const { reused, evidence = '' } of sources(runs.second).reused ?? []) {
    expect(reused).toEqual({ run: id, started })
    const folder = join(at('second'), evidence)
    expect(await readdir(folder)).toEqual(
      expect.arrayContaining(['verdict.json', 'gathered.json.gz', 'etcd.log']),
    )
    expect(await readFile(join(folder, 'reused.txt'), 'utf8')).toContain(id)
  }
  for (const name of ['report.md', 'summary.md', 'junit.xml'])
    expect(await readFile(at(`second/${name}`), 'utf8')).toContain(id)
})

test('what is asked for again and what belongs to another claim are played, the rest is not', () => {
  expect(runs.again.output).toContain(told(asked - 2, '2 are played'))
  const played = sources(runs.again).played?.map(({ cell }) => cell)
  expect(played?.toSorted()).toEqual([below, domain])
})

test('another image is played again, and so it is by another harness; nothing is worse: exit 0', () => {
  const { exit, output } = runs.anew
  expect(output).toContain(told(0, `${String(asked)} are played`))
  expect(exit, output).toBe(0)
  expect(output).toContain(`${String(asked + outside)} unchanged`)
})

test('Allure is told the same by the run and by its stored results: of passes, known deviations and skips', async () => {
  expect(await report(at('runs/first'), '--out', at('stored'))).toBe(0)
  const live = await readAllure(at('runs/first'))
  expect(live.size).toBe(runs.first.results.results.length)
  expect(live).toEqual(await readAllure(at('stored')))
  const known = [...live.values()].filter((one) => JSON.stringify(one).includes('"known":true'))
  expect(known).not.toEqual([])
  for (const one of known) expect(one).toMatchObject({ status: 'failed' })
  // Played in a later run, all of it or some, or taken from an earlier one, a test has one history.
  for (const later of ['anew', 'again', 'second'])
    expect([...(await readAllure(at(later))).keys()], later).toEqual([...live.keys()])
})
