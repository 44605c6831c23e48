import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder, type TemporaryFolder } from '../engine/temporary.ts'

const main = join(import.meta.dirname, 'main.ts')
let folder: string
let temporary: TemporaryFolder
beforeAll(async () => {
  temporary = await temporaryFolder('cli')
  folder = temporary.path
})
afterAll(() => temporary[Symbol.asyncDispose]())

async function cli(...args: string[]): Promise<{ exit: number | undefined; stdout: string; stderr: string }> {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [main, ...args], {
    reject: false,
    cwd: folder,
  })
  return { exit: exitCode, stdout, stderr }
}

/** A claim whose last lines are given; they begin in line 8, column 7. */
const claimOf = (rest: string): string => `import { etcd, http, scenario, served } from 'etcd-tls/scenario'
const ask = (path: string) => http({ scheme: 'http', path })

export default scenario('mine/a', { heading: 'x', claims: { one: {
      says: 'a',
      given: etcd({ options: {} }),
      then: served(),
      ${rest},
    },
  },
})
`

const whitelist = 'security/host-whitelist/unlisted-name-is-refused'
const ends = ['--from', '3.5.35', '--to', '3.6.16']

describe('input that can be mended ends with status 2 and a sentence', () => {
  test.each([
    ['an unknown command', ['frobnicate'], /unknown command 'frobnicate'/],
    ['an unknown option', ['run', '--frobnicate'], /unknown option '--frobnicate'/],
    ['the part before the first', ['run', '--shard', '0/4'], /--shard 0\/4 is no part of a run; write i\/n/],
    ['the part after the last', ['run', '--shard', '5/4'], /--shard 5\/4 is no part of a run/],
    ['a part that is no number', ['run', '--shard', 'x'], /--shard x is no part of a run/],
    ['no subject', ['run', '--etcd', 'latest'], /--etcd latest: leave --etcd away/],
    ['an unknown release', ['run', '--etcd', '3.6.999'], /does not know etcd 3\.6\.999/],
    [
      'a liar that there is not',
      ['run', '--etcd', 'liar:nope'],
      /liar:nope: there is no such liar; etcd-tls complete run --etcd liar: lists them\./,
    ],
    [
      'a liar that is misspelt',
      ['run', '--etcd', 'liar:whitelist-ignore'],
      /: there is no such liar; the nearest is "whitelist-ignored"\.\n?$/,
    ],
    [
      'a bent etcd that is misspelt',
      ['run', '--etcd', 'bent:ip-san-ignord'],
      /: no bent etcd is called that; the nearest is "ip-san-ignored"\.\n?$/,
    ],
    ['help of an unknown command', ['nosuch', '--help'], /unknown command 'nosuch'/],
    ['a kind of starter that there is not', ['new', '--kind', 'x'], /argument 'x' is invalid/],
    ['a starter of another name', ['new', 'mine.ts'], /mine\.ts: the name of a scenario file ends in /],
    ['a shell that there is not', ['completion', 'tcsh'], /value 'tcsh' is invalid for argument 'shell'/],
    ['a filter that matches nothing', ['run', '--only', 'nothing/*'], /--only nothing\/\* matches no cell/],
    ['a scenario file that is not there', ['run', 'no.scenario.ts'], /no\.scenario\.ts/],
    [
      'an earlier run that is not there',
      ['run', '--since-last-good', 'no.json'],
      /--since-last-good no\.json: there is no such file or folder/,
    ],
    ['cells to play again of everything', ['run', '--again', '**'], /--again goes with --since-last-good/],
    [
      'cells to play again that there are not',
      ['run', '--since-last-good', '--again', 'no/*'],
      /--again no\/\* matches no cell/,
    ],
    ['a filter of list that matches nothing', ['list', '--only', 'no/*'], /--only no\/\* matches no cell/],
    ['results that are not there', ['report', 'no.json'], /no\.json cannot be read/],
    [
      'a bisection without an end',
      ['bisect', whitelist, '--to', '3.6.16'],
      /required option '--from <subject>'/,
    ],
    ['a folder without a place', ['repro', whitelist], /required option '--out <dir>'/],
    ['a folder of nothing', ['repro', 'a/b/c', '--out', 'f'], /a\/b\/c is the id of no claim and no cell/],
    [
      'a folder of several builds',
      ['repro', whitelist, '--etcd', 'supported', '--out', 'f'],
      /--etcd supported stands for several builds; name one/,
    ],
    [
      'a folder of results that are not there',
      ['repro', whitelist, '--results', 'no.json', '--out', 'f'],
      /no\.json cannot be read/,
    ],
    ['a bisection of nothing', ['bisect', 'a/b/c', ...ends], /a\/b\/c is the id of no claim and no cell/],
    [
      'a bisection of a section',
      ['bisect', 'security/host-whitelist', ...ends],
      /is no claim but a page or section; name one of its claims/,
    ],
    [
      'a bisection between sets',
      ['bisect', whitelist, '--from', 'supported', '--to', '3.7.3'],
      /--from supported stands for several builds; name one/,
    ],
    [
      'a bisection that cannot build again',
      ['bisect', whitelist, '--from', '3.6.16', '--to', 'image:x', '--go'],
      /--to image:x is no release; name one like 3\.6\.16/,
    ],
    [
      'a bisection of newer to older',
      ['bisect', whitelist, '--from', '3.6.16', '--to', '3.4.25'],
      /--from 3\.6\.16 is newer than --to 3\.4\.25; write the older build first/,
    ],
    [
      'a build that list cannot know',
      ['list', '--etcd', 'image:x'],
      /image:x: only a run can tell .* name a release of the table/,
    ],
  ])('%s', async (_, args, sentence) => {
    const { exit, stdout, stderr } = await cli(...args)
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' })
    expect(stderr).toMatch(sentence)
    expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2)
    expect(stderr).not.toMatch(/^\s+at /m)
  })

  // As Node itself loads them; in this process vitest would.
  test.each([
    ['export default {\n  a: 1 b\n}\n', /^etcd-tls: mine\.scenario\.ts:2:8: it cannot be loaded: /],
    [
      'const a = 1\nconst a = 2\nexport default a\n',
      /mine\.scenario\.ts:2:7: it cannot be loaded: Identifier 'a' has already been declared/,
    ],
    ['const a = 1\nexport default {', /mine\.scenario\.ts:2:17: it cannot be loaded: /],
    ['enum A { b }', /mine\.scenario\.ts:1:1: it cannot be loaded: TypeScript enum is not supported/],
    [
      "import { etcd } from './worlds'\nexport default etcd",
      /^etcd-tls: mine\.scenario\.ts:1:22: the import '\.\/worlds' leads nowhere; write '\.\/worlds\.ts'\n?$/,
    ],
    [
      "\nimport 'no-such-package'\n",
      /mine\.scenario\.ts:2:8: the import 'no-such-package' leads nowhere; install/,
    ],
    [
      "import { refuse } from 'etcd-tls/scenario'\nexport default refuse",
      /mine\.scenario\.ts:1:10: it cannot be loaded: .* does not provide an export named 'refuse'/,
    ],
    [
      "const f = () => {\n  throw new Error('boo')\n}\nexport default f()",
      /mine\.scenario\.ts:2:9: it cannot be loaded: boo/,
    ],
    [
      claimOf("when: http({ scheme: 'http', pathh: '/' })"),
      /^etcd-tls: mine\.scenario\.ts:8:36: mine\/a\/one: `when\.pathh` is unknown; the nearest is "path"\.\n?$/,
    ],
    [
      claimOf("when: http({ scheme: 'http', path: 5 })"),
      /mine\.scenario\.ts:8:36: mine\/a\/one: `when\.path` must be a text, not 5\.\n?$/,
    ],
    [
      claimOf("when: http({ scheme: 'htp', path: '/' })"),
      /mine\.scenario\.ts:8:20: mine\/a\/one: `when\.scheme` must be one of 'http', 'https', not 'htp'\.\n?$/,
    ],
    [
      claimOf('when: ask(5)'),
      /mine\.scenario\.ts:2:54: mine\/a\/one: `when\.path` must be a text, not 5\.\n?$/,
    ],
    [claimOf("when: ask('/'), site: []"), /mine\.scenario\.ts:8:23: mine\/a\/one: `site` is unknown/],
    [claimOf("when: ask('/', nope)"), /mine\.scenario\.ts:8:22: it cannot be loaded: nope is not defined/],
    [
      claimOf("when: ask('/')")
        .replace("'mine/a'", "'security/host-whitelist'")
        .replace('one:', "'several-names':")
        .replace("heading: 'x'", "heading: 'Notes for Host Whitelist'"),
      /mine\.scenario\.ts:4:101: security\/host-whitelist\/several-names is a claim of the project; give yours another/,
    ],
    [
      claimOf("when: ask('/')").replace("heading: 'x',", "heading: 'x', claim: {},"),
      /mine\.scenario\.ts:4:51: `claim` is unknown/,
    ],
    [
      "import { scenario } from 'etcd-tls/scenario'\nexport default scenario",
      /: it must export default scenario\('page\/section', \{ claims \}\)/,
    ],
  ])('a scenario file that says %j', async (text, sentence) => {
    writeFileSync(join(folder, 'mine.scenario.ts'), text)
    writeFileSync(join(folder, 'worlds.ts'), '')
    const { exit, stderr } = await cli('list', 'mine.scenario.ts')
    expect(exit).toBe(2)
    expect(stderr).toMatch(sentence)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  test('a run says of a scenario file what the list says', async () => {
    for (const text of ['enum A { b }', claimOf('when: ask(5)')]) {
      writeFileSync(join(folder, 'mine.scenario.ts'), text)
      const run = await cli('run', 'mine.scenario.ts')
      expect(run).toEqual(await cli('list', 'mine.scenario.ts'))
      expect(run).toMatchObject({ exit: 2, stdout: '' })
    }
  })

  test('a folder that is not empty', async () => {
    writeFileSync(join(folder, 'mine.txt'), '')
    const { exit, stderr } = await cli('run', '--out', '.')
    expect([exit, stderr]).toEqual([2, expect.stringContaining('--out . is not empty')])
  })

  test('a merge of all of a set without a folder to merge into', async () => {
    const { exit, stderr } = await cli('report', 'a.json', '--etcd', '3.6.16')
    expect([exit, stderr]).toEqual([2, expect.stringContaining('name it with --out')])
  })

  test('two results without a folder to merge them into', async () => {
    const { exit, stderr } = await cli('report', 'a.json', 'b.json')
    expect([exit, stderr]).toEqual([2, expect.stringContaining('name it with --out')])
  })
})

describe('help', () => {
  test.each(['', 'run', 'list', 'bisect', 'report', 'page', 'repro', 'doctor', 'provision', 'clean'])(
    'of "%s" tells the exit status',
    async (command) => {
      const { exit, stdout, stderr } = await cli(...(command === '' ? [] : [command]), '--help')
      expect([exit, stderr]).toEqual([0, ''])
      expect(stdout).toContain('Exit status')
      expect(stdout).toContain('Example')
      expect(stdout).not.toContain('default: []')
    },
  )
})

test('a starter comes into a folder that was not there', async () => {
  const { exit, stdout } = await cli('new', 'no/a.scenario.ts')
  expect([exit, stdout]).toEqual([0, expect.stringContaining('no/a.scenario.ts is written')])
  expect((await cli('list', 'no/a.scenario.ts')).exit).toBe(0)
})

test('a reader that leaves early ends the output without a stack', async () => {
  const { stderr } = await execa({
    shell: true,
    reject: false,
  })`${process.execPath} ${main} list --json | head -c 1`
  expect(stderr).toBe('')
})

test("the doctor's status is 3 when something is missing that a run needs", async () => {
  const { exit, stdout } = await cli('doctor', '--json')
  const findings = JSON.parse(stdout) as { id: string; state: string }[]
  expect(findings.map(({ id }) => id)).toEqual(expect.arrayContaining(['node', 'engine', 'go', 'curl']))
  expect(exit).toBe(findings.some(({ state }) => state === 'missing') ? 3 : 0)
})

test('what nobody foresaw while a command runs is no verdict', async () => {
  const late = 'data:text/javascript,setTimeout(() => { throw new Error("late") }, 1)'
  const { exitCode, stderr } = await execa(process.execPath, ['--import', late, main, 'list'], {
    reject: false,
  })
  expect([exitCode, stderr]).toEqual([3, expect.stringMatching(/^etcd-tls: unforeseen failure: late\n/)])
})
