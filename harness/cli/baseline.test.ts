import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Comparison, Results } from '../../reports/index.ts'
import { cleanResults } from '../../reports/testing/sample-results.ts'
import { temporaryFolder, type TemporaryFolder } from '../engine/temporary.ts'

const main = join(import.meta.dirname, 'main.ts')
const cell = 'security/https/verified-handshake:api=v3'
let temporary: TemporaryFolder
const at = (name: string): string => join(temporary.path, name)

async function cli(...args: string[]): Promise<{ exit: number | undefined; stdout: string; stderr: string }> {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [main, ...args], {
    reject: false,
    cwd: temporary.path,
  })
  return { exit: exitCode, stdout, stderr }
}

beforeAll(async () => {
  temporary = await temporaryFolder('baseline')
  const [older, newer] = [cleanResults(['3.6.4']), cleanResults(['3.6.16'])]
  const broken: Results = {
    ...newer,
    results: newer.results.map((one) => (one.cell === cell ? { ...one, verdict: 'fail' } : one)),
  }
  const files: Record<string, unknown> = {
    'old.json': older,
    'new.json': newer,
    'broken.json': broken,
    'two.json': cleanResults(['3.6.4', '3.6.15']),
    'newer.json': { ...older, formatVersion: 2 },
    'other.json': { some: 'file' },
    'twice.json': { ...older, results: [...older.results, ...older.results] },
    'empty.json': { ...older, results: [] },
    'part.json': {
      ...newer,
      claims: newer.claims.slice(0, 1),
      results: newer.results.filter(({ claim }) => claim === newer.claims[0]?.id),
    },
  }
  for (const [name, value] of Object.entries(files)) writeFileSync(at(name), JSON.stringify(value))
  writeFileSync(at('cut.json'), JSON.stringify(older).slice(0, 500))
})
afterAll(() => temporary[Symbol.asyncDispose]())

describe('a baseline that cannot be used ends with status 2 and a sentence', () => {
  test.each([
    [
      'is not there',
      ['--baseline', 'no.json'],
      /--baseline: .*no\.json cannot be read: there is no such file/,
    ],
    ['is a folder without results', ['--baseline', '.'], /--baseline: .*results\.json cannot be read/],
    ['is cut', ['--baseline', 'cut.json'], /--baseline: .*cut\.json is not JSON/],
    ['is something else', ['--baseline', 'other.json'], /other\.json holds no results of etcd-tls/],
    ['is of a newer format', ['--baseline', 'newer.json'], /formatVersion 2; this etcd-tls reads version 1/],
    [
      'contradicts itself',
      ['--baseline', 'twice.json'],
      /--baseline twice\.json contradicts itself at security\//,
    ],
    ['holds nothing', ['--baseline', 'empty.json'], /--baseline empty\.json holds no result/],
    [
      'has two builds for one',
      ['--baseline', 'two.json'],
      /with which of 3\.6\.4@\S+, 3\.6\.15@\S+ is 3\.6\.16@\S+ compared/,
    ],
    [
      'is the results themselves',
      ['--baseline', './new.json'],
      /--baseline \.\/new\.json is the results themselves/,
    ],
    ['is not named', ['--strict'], /--strict says how to compare: name what with by --baseline FILE/],
  ])('%s', async (_, args, sentence) => {
    const { exit, stdout, stderr } = await cli('report', 'new.json', ...args, '--out', 'none')
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' })
    expect(stderr).toMatch(sentence)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })
  test('of a run before anything is started', async () => {
    const { exit, stderr } = await cli('run', '--baseline', 'cut.json')
    expect([exit, stderr]).toEqual([2, expect.stringContaining('cut.json is not JSON')])
    expect((await cli('run', '--strict')).exit).toBe(2)
  })
})

test('of a regression: 1, the cell first on the console, and all files', async () => {
  const { exit, stdout } = await cli('report', 'broken.json', '--baseline', 'old.json', '--out', 'worse')
  expect(exit).toBe(1)
  expect(stdout).toMatch(/^Since the baseline {2}old\.json, /)
  expect(stdout).toContain(`\nregressed  ${cell}\n    pass → fail: the promise was kept`)
  expect(stdout).toContain('✘ exit 1: 1 regressed since the baseline')
  const read = (name: string): string => readFileSync(at(`worse/${name}`), 'utf8')
  const comparison = JSON.parse(read('comparison.json')) as Comparison
  expect(comparison.columns[0]?.cells.find(({ worse }) => worse)?.cell).toBe(cell)
  expect(read('report.md')).toContain('## Since the baseline')
  for (const name of ['report.md', 'summary.md', 'junit.xml']) expect(read(name)).toContain('regressed')
})

test.each([
  ['nothing worse', ['new.json', '--baseline', 'old.json'], 0],
  ['what was so before', ['broken.json', '--baseline', 'broken2.json'], 0],
  ['the same, strictly', ['broken.json', '--baseline', 'broken2.json', '--strict'], 1],
  ['what is kept again', ['new.json', '--baseline', 'broken.json'], 0],
  ['the same, strictly', ['new.json', '--baseline', 'broken.json', '--strict'], 1],
])('of %s', async (_, args, expected) => {
  writeFileSync(at('broken2.json'), readFileSync(at('broken.json')))
  const { exit, stderr } = await cli(
    'report',
    ...args,
    '--out',
    `out-${args.join('-').replaceAll(/\W/g, '')}`,
  )
  expect([exit, stderr]).toEqual([expected, ''])
})

test('a narrowed run does not call the rest gone', async () => {
  const part = JSON.parse(readFileSync(at('part.json'), 'utf8')) as Results
  const narrowed = { ...part, run: { ...part.run, only: [part.claims[0]?.id ?? ''] } }
  writeFileSync(at('narrowed.json'), JSON.stringify(narrowed))
  const whole = await cli('report', 'part.json', '--baseline', 'old.json', '--out', 'whole')
  expect(whole.stdout).toMatch(/: \d\d gone · 3 unchanged/)
  const narrow = await cli('report', 'narrowed.json', '--baseline', 'old.json', '--out', 'narrow', '--strict')
  expect(narrow.stdout).toMatch(/: 3 unchanged\n/)
  expect(narrow.stdout).toMatch(/\d\d cells of the baseline were not asked for in this run/)
  expect(narrow.exit).toBe(0)
})
