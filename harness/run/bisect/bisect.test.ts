import { gte, lt } from 'semver'
import { afterEach, describe, expect, test } from 'vitest'
import { Bisection } from '../../../reports/bisect/schema.ts'
import { temporaryFolder, type TemporaryFolder } from '../../engine/temporary.ts'
import { bisect, type Wanted } from './bisect.ts'
import { Plays, type RunOne } from './plays.ts'
import { fakeRun, type Verdicts } from './testing/fake-run.ts'

const folders: TemporaryFolder[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await folder[Symbol.asyncDispose]()
})

const one = 'p/s/claim'
const two = ['p/s/claim:tls=1.2', 'p/s/claim:tls=1.3']

async function found(
  verdictOf: Verdicts,
  change: Partial<Wanted> = {},
  signal = new AbortController().signal,
  other?: RunOne,
): Promise<{ report: Bisection; asked: string[]; only: (readonly string[])[]; said: string[] }> {
  const folder = await temporaryFolder('bisect')
  folders.push(folder)
  const { run, runs } = fakeRun(verdictOf)
  const said: string[] = []
  const shared = { files: [], out: folder.path, runId: 'r', signal, onEvent: () => undefined }
  const wanted = { id: one, says: 'says', cells: [one], from: '3.6.12', to: '3.7.3', go: false, all: false }
  const report = await bisect(
    { ...wanted, command: [], ...change },
    new Plays(shared, other ?? run),
    (text) => said.push(text),
  )
  expect(Bisection.parse(report)).toEqual(report)
  return { report, asked: runs.map((one) => one.asked), only: runs.map((one) => one.only), said }
}
const sides = ({ steps }: Bisection): string[] =>
  steps.map(({ before, after }) => `${before.asked} ${before.state}, ${after.asked} ${after.state}`)
const since =
  (version: string): Verdicts =>
  (etcd) =>
    gte(etcd, version) ? 'pass' : 'fail'

test('finds the release, plays each build once, and shows both sides', async () => {
  const { report, asked } = await found(since('3.7.0'))
  expect(sides(report)).toEqual(['3.6.16 fail, 3.7.0 pass'])
  expect(asked).toEqual(['3.6.12', '3.7.3', '3.6.16', '3.7.1', '3.7.0'])
  expect(report.exit).toBe(0)
  expect(report.conclusion[0]).toBe('the verdict changes from fail to pass with 3.7.0@module+go1.26.5.')
  expect(report.steps[0]?.shown).toContainEqual({
    what: 'seen',
    before: ['fail was seen'],
    after: ['pass was seen'],
  })
  expect(report.steps[0]?.notes).toEqual([expect.stringContaining('are of two lines')])
})

test('no change is exit 1, and nothing between is played', async () => {
  const { report, asked } = await found(() => 'pass')
  expect([report.exit, report.steps, asked]).toEqual([1, [], ['3.6.12', '3.7.3']])
  expect(report.conclusion.join(' ')).toMatch(
    /does not change .*: it is pass on both\. What lies between was not/,
  )
})

test('neither end applies: the reason is told', async () => {
  const { report } = await found(() => 'not-applicable')
  expect(report.conclusion[0]).toContain('it is not applicable on both (the option was removed)')
})

test('of a claim, the cells that change are halved, and each step says which', async () => {
  const { report, only } = await found(
    (etcd, _, cell) => (cell.endsWith('3') && lt(etcd, '3.6.14') ? 'fail' : 'pass'),
    { cells: two },
  )
  expect(report.steps.map(({ cells }) => cells)).toEqual([[two[1]]])
  expect(report.unchanged).toEqual([{ cell: two[0], state: 'pass' }])
  expect(only.slice(0, 2)).toEqual([two, two])
  expect(only.slice(2).every((cells) => cells.length === 1)).toBe(true)
  expect(report.conclusion[0]).toMatch(/^p\/s\/claim:tls=1\.3: the verdict changes/)
})

test('cells that change together share a step, others have their own; no build is played twice', async () => {
  const together = await found(since('3.6.14'), { cells: two })
  expect(together.report.steps.map(({ cells }) => cells)).toEqual([two])
  const apart = await found((etcd, go, cell) => since(cell === two[0] ? '3.6.14' : '3.7.2')(etcd, go, cell), {
    cells: two,
  })
  expect(sides(apart.report)).toEqual(['3.6.13 fail, 3.6.14 pass', '3.7.1 fail, 3.7.2 pass'])
  expect(new Set(apart.asked).size).toBe(apart.asked.length)
})

test('many cells of a step are counted in the conclusion, and each build is told of once', async () => {
  const cells = ['a', 'b', 'c', 'd'].map((at) => `p/s/claim:at=${at}`)
  const { report, said } = await found(
    (etcd, go, cell) => (cell.endsWith('d') ? 'pass' : since('3.6.14')(etcd, go, cell)),
    { cells },
  )
  expect(report.conclusion[0]).toMatch(/^p\/s\/claim:at=a and 2 other cells: the verdict changes/)
  expect(said.toSorted()).toEqual([...new Set(said)].toSorted())
})

describe('a build that cannot be told', () => {
  test('because it is inconclusive is named between the sides, and the exit is 3', async () => {
    const { report } = await found((etcd, go, cell) =>
      ['3.6.16', '3.7.0'].includes(etcd) ? 'inconclusive' : since('3.7.0')(etcd, go, cell),
    )
    expect(sides(report)).toEqual(['3.6.15 fail, 3.7.1 pass'])
    expect(report.steps[0]?.between).toEqual([
      { asked: '3.6.16', kind: 'inconclusive', why: 'no health' },
      { asked: '3.7.0', kind: 'inconclusive', why: 'no health' },
    ])
    expect(report.exit).toBe(3)
    expect(report.conclusion[0]).toMatch(/between 3\.6\.15@module\S+ and 3\.7\.1@module/)
  })

  test('away from the step does no harm', async () => {
    const { report } = await found((etcd, go, cell) =>
      etcd === '3.6.16' ? 'inconclusive' : since('3.7.2')(etcd, go, cell),
    )
    expect([sides(report), report.exit]).toEqual([['3.7.1 fail, 3.7.2 pass'], 0])
    expect(report.history.find(({ asked }) => asked === '3.6.16')?.untold).toBe('inconclusive: no health')
  })

  test('because it cannot be prepared is named with the reason', async () => {
    const { report } = await found((etcd, go, cell) =>
      etcd === '3.7.0' ? 'the proxy refuses it' : since('3.7.0')(etcd, go, cell),
    )
    expect(report.steps[0]?.between).toEqual([
      { asked: '3.7.0', kind: 'not prepared', why: 'the proxy refuses it' },
    ])
    expect(report.exit).toBe(3)
  })

  test('because it does not apply is left out, unless an end does not apply', async () => {
    const gone: Verdicts = (etcd) =>
      etcd === '3.6.16' ? 'not-applicable' : lt(etcd, '3.6.16') ? 'fail' : 'pass'
    const middle = await found(gone)
    expect(sides(middle.report)).toEqual(['3.6.15 fail, 3.7.0 pass'])
    expect(middle.report.steps[0]?.between[0]?.kind).toBe('not applicable')
    expect(middle.report.exit).toBe(0)
    const end = await found((etcd) => (gte(etcd, '3.7.0') ? 'not-applicable' : 'pass'))
    expect(sides(end.report)).toEqual(['3.6.16 pass, 3.7.0 not applicable'])
  })

  test('is no end', async () => {
    await expect(found((etcd) => (etcd === '3.7.3' ? 'inconclusive' : 'pass'))).rejects.toMatchObject({
      code: 'inconclusive-end',
      exit: 3,
    })
    await expect(found((etcd) => (etcd === '3.6.12' ? 'not there' : 'pass'))).rejects.toThrow('not there')
  })
})

test('releases that the table does not name are told where the step lies', async () => {
  const { report } = await found(since('3.6.4'), { from: '3.6.0', to: '3.6.16' })
  expect(report.steps[0]?.unknown).toEqual(['3.6.1 to 3.6.3'])
  expect(report.conclusion[0]).toMatch(/changes from fail to pass between 3\.6\.0@/)
})

test('a history that goes back and forth shows every step with --all', async () => {
  const odd: Verdicts = (etcd) =>
    ['3.6.14', '3.7.0'].includes(etcd) ? 'pass' : gte(etcd, '3.7.2') ? 'pass' : 'fail'
  const halved = await found(odd)
  expect(halved.report.steps).toHaveLength(1)
  expect(halved.report.conclusion.at(-1)).toContain('--all')
  const { report, asked } = await found(odd, { all: true })
  expect(report.steps).toHaveLength(5)
  expect(asked).toHaveLength(9)
  expect(report.history.map(({ states }) => states[one])).toEqual([
    ...['fail', 'fail', 'pass', 'fail', 'fail', 'pass', 'fail', 'pass', 'pass'],
  ])
})

describe('--go', () => {
  const go = { from: '3.5.8', to: '3.5.12', go: true }
  test('names etcd, with all four corners', async () => {
    const { report } = await found(since('3.5.10'), go)
    const blame = report.steps[0]?.blame
    // 3.5.10 asks for Go 1.20: the corner with the Go of 3.5.9 is named.
    expect(blame?.corners.map(({ etcd, go, state, untold }) => [etcd, go, state ?? untold])).toEqual([
      ['3.5.9', '1.19.9', 'fail'],
      ['3.5.9', '1.20.10', 'fail'],
      ['3.5.10', '1.19.9', expect.stringContaining('whose go.mod says `go 1.20`')],
      ['3.5.10', '1.20.10', 'pass'],
    ])
    expect(blame?.says).toMatch(/^Go alone is not enough/)
    expect(report.exit).toBe(0)
  })
  test('names Go', async () => {
    const { report } = await found((_, go) => (gte(go, '1.19.9') ? 'pass' : 'fail'), go)
    expect(report.steps[0]?.blame).toMatchObject({ by: 'go' })
    expect(report.steps[0]?.blame?.says).toMatch(/^Changed by Go: 3\.5\.8 shows it with Go 1\.19\.9, too/)
  })
  test('needs no corners where only one of the two differs', async () => {
    const { report } = await found(since('3.7.1'), { from: '3.7.0', to: '3.7.1', go: true })
    expect(report.steps[0]?.blame).toEqual({
      by: 'etcd',
      says: 'Changed by etcd: both sides are built with Go 1.26.5.',
      corners: [],
    })
  })
  test('names nobody where the cells of the step differ at a corner', async () => {
    const apart: Verdicts = (etcd, version, cell) =>
      gte(version, '1.19.9') && (cell === two[0] || etcd !== '3.5.8') ? 'pass' : 'fail'
    const { report } = await found(apart, { ...go, cells: two })
    expect(report.steps.map(({ cells }) => cells)).toEqual([two])
    expect(report.steps[0]?.blame?.by).toBe('untold')
    expect(report.steps[0]?.blame?.corners[1]?.untold).toBe('the cells differ there: pass, fail')
  })
  test('a corner that is inconclusive is exit 3', async () => {
    const { report } = await found(
      (etcd, go) =>
        etcd === '3.5.8' && go === '1.19.9' ? 'inconclusive' : gte(go, '1.19.9') ? 'pass' : 'fail',
      go,
    )
    expect([report.steps[0]?.blame?.by, report.exit]).toEqual(['untold', 3])
  })
})

test('two builds of one etcd are halved over Go', async () => {
  const { report } = await found((_, go) => (gte(go, '1.21.0') ? 'pass' : 'fail'), {
    from: '3.5.8+go1.19.13',
    to: '3.5.8+go1.26.5',
  })
  expect(sides(report)).toEqual(['3.5.8+go1.20.10 fail, 3.5.8+go1.21.0 pass'])
  expect(report.conclusion[0]).toMatch(
    /between 3\.5\.8@module\+go1\.20\.10 and 3\.5\.8@module\+go1\.21\.0\.$/,
  )
})

test('the same build twice is an input error', async () => {
  await expect(found(() => 'pass', { from: '3.5.8', to: '3.5.8+go1.19.8' })).rejects.toMatchObject({
    code: 'same-build',
    exit: 2,
  })
})

test('two builds that call themselves alike are not said to be one', async () => {
  const { run } = fakeRun(() => 'pass')
  const each: RunOne = async (options) => {
    const results = await run(options)
    const image = options.subjects.join()
    return { ...results, subjects: results.subjects.map((subject) => ({ ...subject, image })) }
  }
  await expect(
    found(() => 'pass', { from: 'file:/old/3.5.8', to: 'file:/new/3.5.8' }, undefined, each),
  ).rejects.toMatchObject({
    code: 'same-build',
    exit: 2,
    message: expect.stringMatching(/are two builds that both say they are .*; /) as string,
  })
})

test('a run that something took its meaning away from decides nothing, whatever its verdicts', async () => {
  const { run } = fakeRun(() => 'pass')
  const each: RunOne = async (options) => {
    const results = await run(options)
    return { ...results, run: { ...results.run, interrupted: 'a clock was set' } }
  }
  await expect(found(() => 'pass', {}, undefined, each)).rejects.toMatchObject({
    code: 'run-broken',
    exit: 3,
    message: expect.stringContaining('a clock was set') as string,
  })
})

test('an interrupted bisection ends with the reason of the signal', async () => {
  const abort = new AbortController()
  const reason = new Error('interrupted')
  const playing: Verdicts = (etcd, go, cell) => {
    if (etcd === '3.6.16') abort.abort(reason)
    return since('3.7.0')(etcd, go, cell)
  }
  await expect(found(playing, {}, abort.signal)).rejects.toBe(reason)
})
