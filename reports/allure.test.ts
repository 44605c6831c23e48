import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestResult } from 'allure-js-commons'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allureIds, allureResult } from './allure.ts'
import { writeAllure } from './allure-write.ts'
import { historyLineOf } from './line.ts'
import type { CellResult } from './schema.ts'
import { hostile, sampleResult, sampleSubject } from './testing/sample-parts.ts'
import { sampleClaims, sampleResults } from './testing/sample-results.ts'

const subject = sampleSubject('3.6.16')
const claim = sampleClaims.find(
  ({ id }) => id.endsWith('client-cert-auth-demands-a-certificate') && !id.includes('peer'),
)
if (claim === undefined) throw new Error('the sample lost its claim')
const cell = `${claim.id}:certificate=none,tls=1.3`
const mapped = (change: Partial<CellResult> = {}) =>
  allureResult(sampleResult(cell, subject.name, change), claim, subject)
const declared = { verdict: 'fail' as const, builds: '*', why: 'because', evidence: 'alert 42', stale: false }

test('page, section and claim are epic, feature and story; subject and axes are parameters', () => {
  const result = mapped()
  const label = (name: string) => result.labels.filter((one) => one.name === name).map(({ value }) => value)
  expect(label('epic')).toEqual(['security'])
  expect(label('feature')).toEqual(['security/basic-setup'])
  expect(label('story')).toEqual(['client-cert-auth-demands-a-certificate'])
  expect(result.parameters).toEqual([
    { name: 'subject', value: '3.6.16@module+go1.26.10', excluded: true },
    { name: 'line', value: '3.6@module' },
    { name: 'certificate', value: 'none' },
    { name: 'tls', value: '1.3' },
  ])
  expect(result).toMatchObject({ name: cell, fullName: cell })
})

test.each([
  ['passed', { verdict: 'pass' }, ['pass']],
  ['failed', { verdict: 'fail' }, ['fail']],
  ['failed', { verdict: 'drift' }, ['drift']],
  ['broken', { verdict: 'inconclusive' }, ['inconclusive']],
  ['skipped', { verdict: 'not-applicable', notApplicable: 'no such option' }, ['not-applicable']],
  ['failed', { verdict: 'fail', declared }, ['fail', 'known']],
  ['passed', { reused: { run: 'earlier', started: '' } }, ['pass', 'reused']],
  ['failed', { verdict: 'pass', declared: { ...declared, stale: true } }, ['pass', 'stale']],
] as const)('%s: %j', (status, change, tags) => {
  const result = mapped(change)
  expect(result.status).toBe(status)
  expect(result.labels.filter(({ name }) => name === 'tag').map(({ value }) => value)).toEqual(tags)
})

test('a skip has its reason, a known deviation alone is marked known', () => {
  for (const other of [
    { verdict: 'fail' },
    { verdict: 'fail', declared: { ...declared, stale: true } },
  ] as const)
    expect(mapped(other).statusDetails).not.toHaveProperty('known')
  expect(mapped({ verdict: 'not-applicable', notApplicable: 'no such option' }).statusDetails.message).toBe(
    'no such option',
  )
  expect(mapped({ verdict: 'fail', declared }).statusDetails).toMatchObject({ known: true })
})

test('checks are steps: an outcome that is not met fails, a reason that was not seen breaks', () => {
  const result = mapped({
    checks: [
      { question: 'then', expected: 'refused', seen: 'served', met: false },
      { question: 'because', expected: 'alert 42', seen: 'nothing', met: false },
      { question: 'control', expected: 'served', seen: 'served', met: true },
    ],
  })
  expect(result.steps.map(({ name, status }) => [name, status])).toEqual([
    ['then: refused', 'failed'],
    ['because: alert 42', 'broken'],
    ['control: served', 'passed'],
  ])
})

describe('ids', () => {
  const [older, other] = [sampleSubject('3.6.4'), sampleSubject('3.5.35')]
  /** What Allure 3 knows a test by: `testCaseId`, and the parameters that are not excluded (its core-api, identity). */
  const identity = (id: string, of: typeof subject, all = [of]) => {
    const { testCaseId, parameters } = allureResult(sampleResult(id, of.name), claim, of, all)
    const kept = parameters.filter(({ excluded }) => excluded !== true)
    return [testCaseId, ...kept.map(({ name, value }) => `${name}:${value}`)].join()
  }
  test('Allure 3 takes the same cell of another patch release for the same test', () => {
    expect(identity(cell, older)).toBe(identity(cell, subject))
    expect(identity(cell, older)).not.toMatch(/3\.6\.4|go1/)
    expect(identity(cell, other)).not.toBe(identity(cell, subject))
    expect(identity(cell.replace('1.3', '1.2'), older)).not.toBe(identity(cell, older))
    const both = [subject, older]
    expect(identity(cell, older, both)).not.toBe(identity(cell, subject, both))
  })
  test('history goes on over patch releases of a line, not over lines, sources or cells', () => {
    const history = (id: string, of: typeof subject) => allureIds(id, of).historyId
    expect(history(cell, older)).toBe(history(cell, subject))
    expect(history(cell, other)).not.toBe(history(cell, subject))
    expect(history(cell, { ...subject, source: 'official' })).not.toBe(history(cell, subject))
    expect(history(`${claim.id}:certificate=none,tls=1.2`, subject)).not.toBe(history(cell, subject))
    expect(allureIds(cell, other).testCaseId).toBe(allureIds(cell, subject).testCaseId)
  })
  test('they never change: these are in stored reports', () => {
    expect(historyLineOf(subject)).toBe('3.6@module')
    expect(allureIds('security/https/verified-handshake:api=v3', subject)).toEqual({
      testCaseId: '89e197b04193c15f330a09ece535e57b',
      historyId: 'a6fd0b5cb84d2f9bb14da5e8c78b9066',
    })
  })
  test('two subjects of one line in one run are not retries of each other', () => {
    const both = [subject, older]
    expect(allureIds(cell, older, both).historyId).not.toBe(allureIds(cell, subject, both).historyId)
    expect(allureIds(cell, subject, [subject, other])).toEqual(allureIds(cell, subject))
  })
})

describe('files', () => {
  let folder = ''
  beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'etcd-tls-allure-'))))
  afterAll(() => rm(folder, { recursive: true }))

  test('a result per cell and subject, its attachments there, nothing hostile raw, again the same', async () => {
    const sample = sampleResults(['3.6.16', '3.6.4'])
    writeAllure(sample, folder)
    const names = await readdir(folder)
    const read = async (name: string) => readFile(join(folder, name), 'utf8')
    const results = await Promise.all(
      names
        .filter((name) => name.endsWith('-result.json'))
        .map(async (name) => JSON.parse(await read(name)) as TestResult),
    )
    expect(results).toHaveLength(sample.results.length)
    expect(new Set(results.map(({ historyId }) => historyId)).size).toBe(sample.results.length)
    for (const { attachments, start, stop } of results) {
      expect(start).toBeTypeOf('number')
      expect(stop).toBeGreaterThanOrEqual(start ?? Infinity)
      for (const { source } of attachments) expect(names).toContain(source)
    }
    const texts = await Promise.all(names.map(read))
    for (const text of texts) expect(text).not.toContain(hostile.terminal.slice(0, 4))
    writeAllure(sample, folder)
    expect((await readdir(folder)).toSorted()).toEqual(names.toSorted())
  })
})
