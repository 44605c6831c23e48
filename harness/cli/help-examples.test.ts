import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder, type TemporaryFolder } from '../engine/temporary.ts'
import { cellsOf } from '../run/catalogue/cells.ts'
import { loadCatalogue } from '../run/catalogue/catalogue.ts'
import { checkGlobs } from '../run/catalogue/only.ts'
import { parseSubjects } from '../subject/parse.ts'
import { buildProgram } from './program.ts'
import { examplesOf, helpOf, type Example } from './testing/help-examples.ts'
import { told } from './testing/told.ts'

const program = buildProgram(() => undefined)
const commands = [program, ...program.createHelp().visibleCommands(program)]
const examples = commands.flatMap((command) => examplesOf(command).map((one) => [one.line, one] as const))

describe('the help of each command', () => {
  test.each(commands.map((command) => [command.name(), command] as const))(
    '%s has examples, and says the exit status',
    (_, command) => {
      expect(examplesOf(command).length).toBeGreaterThan(0)
      expect(helpOf(command)).toContain('Exit status')
    },
  )
})

test.each(commands.map((command) => [command.name(), command] as const))(
  'the usage of %s names each option that must be given',
  (_, command) => {
    for (const { mandatory, long } of command.options) if (mandatory) expect(command.usage()).toContain(long)
  },
)

describe('each example of a help text', () => {
  test.each(examples)('%s: has options that there are', (_, { args }) => {
    expect(() => told(args)).not.toThrow()
  })

  test.each(examples)('%s: names subjects and cells that there are', async (_, { args }) => {
    const { etcd = [], only = [] } = told(args).opts<{ etcd?: string | string[]; only?: string[] }>()
    parseSubjects([etcd].flat())
    checkGlobs(only, (await loadCatalogue()).flatMap(cellsOf))
  })
})

test('an option that there is not would be told', () => {
  expect(() => told(['run', '--frobnicate'])).toThrow(/unknown option/)
})

describe('each example of a command that starts nothing runs', () => {
  let temporary: TemporaryFolder
  beforeAll(async () => {
    temporary = await temporaryFolder('examples')
    const bin = join(temporary.path, 'bin')
    mkdirSync(bin)
    // Its shell makes this folder when it is first started.
    mkdirSync(join(temporary.path, '.config/fish'), { recursive: true })
    const main = join(import.meta.dirname, 'main.ts')
    writeFileSync(join(bin, 'etcd-tls'), `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`)
    chmodSync(join(bin, 'etcd-tls'), 0o755)
  })
  afterAll(() => temporary[Symbol.asyncDispose]())

  const harmless = new Set(['list', 'new', 'completion'])
  const cheap = examples.filter(([, { args }]) => harmless.has(args[0] ?? ''))
  test.each(cheap)('%s', async (_, { line }: Example) => {
    const { path: home } = temporary
    const PATH = [join(home, 'bin'), process.env['PATH']].join(delimiter)
    const { exitCode, stderr } = await execa('bash', ['-c', line], {
      cwd: home,
      env: { HOME: home, PATH },
      reject: false,
    })
    expect([exitCode, stderr]).toEqual([0, ''])
  })
})
