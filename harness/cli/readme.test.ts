import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { cellsOf } from '../run/catalogue/cells.ts'
import { loadCatalogue } from '../run/catalogue/catalogue.ts'
import { checkGlobs } from '../run/catalogue/only.ts'
import { parseSubjects } from '../subject/parse.ts'
import { commandsOf } from './testing/markdown-commands.ts'
import { told } from './testing/told.ts'

const root = join(import.meta.dirname, '../..')
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8')
const readme = commandsOf(textOf('README.md'))
const commands = [...readme, ...commandsOf(textOf('CONTRIBUTING.md'))]
const ours = commands
  .filter(({ program, args }) => program === 'npx' && args[0] === 'etcd-tls')
  .map(({ line, args }) => [line, args.slice(1)] as const)

test('the README shows each command that --help shows', async () => {
  const { buildProgram } = await import('./program.ts')
  const program = buildProgram(() => undefined)
  const names = program
    .createHelp()
    .visibleCommands(program)
    .map((command) => command.name())
  const text = textOf('README.md')
  expect(names.filter((name) => !text.includes(`etcd-tls ${name}`))).toEqual([])
})

describe('each command of ours in the README and in CONTRIBUTING', () => {
  test.each(ours)('%s: has options that there are', (_, args) => {
    expect(() => told(args)).not.toThrow()
  })

  test.each(ours)('%s: names subjects and cells that there are', async (_, args) => {
    const command = told(args)
    const { etcd = [], only = [] } = command.opts<{ etcd?: string | string[]; only?: string[] }>()
    const [first] = command.args
    const id = ['bisect', 'repro'].includes(command.name()) && first !== 'ID' ? [first ?? ''] : []
    parseSubjects([etcd].flat())
    checkGlobs([...only, ...id], (await loadCatalogue()).flatMap(cellsOf))
  })
})

test.each(commands.filter(({ program }) => program === 'npm').map(({ line, args }) => [line, args] as const))(
  '%s: npm has it, or a script of ours is called so',
  (_, [verb = '', name = '']) => {
    const scripts: readonly string[] = Object.keys(packageJson.scripts)
    if (verb === 'run') expect(scripts).toContain(name)
    else expect(['ci', 'i', 'pack', 'start', 'test']).toContain(verb)
  },
)

const links = ['README.md', 'CONTRIBUTING.md'].flatMap((file) =>
  [
    ...textOf(file).matchAll(
      /\]\(([^)#:]+)\)|`((?:docker|fixtures|harness|suites|reports|\.github|\.ci)\/[\w./-]*)`/g,
    ),
  ].map(([, link, folder]) => [file, link ?? folder ?? ''] as const),
)
/** How a new file may be called. */
const example = 'suites/security/host-whitelist.dot.scenario.ts'
test.each(links.filter(([, path]) => path !== example))('%s: %s is there', (_, path) => {
  const found = [path, `${path}.ts`, `${path}.scenario.ts`].some((one) => existsSync(join(root, one)))
  expect(found).toBe(true)
})

test('every heading that the README links to is there', () => {
  const text = textOf('README.md')
  const anchors = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  )
  for (const [, anchor] of text.matchAll(/\]\(#([^)]+)\)/g)) expect(anchors).toContain(anchor)
})

test('a command that there is not would be told', () => {
  const [slip] = commandsOf('```sh\nnpx etcd-tls run --ectd 3.6.16 \\\n  --quiet # words\n```\n')
  expect(slip).toEqual({
    line: 'npx etcd-tls run --ectd 3.6.16 --quiet',
    program: 'npx',
    args: ['etcd-tls', 'run', '--ectd', '3.6.16', '--quiet'],
  })
  expect(() => told(slip?.args.slice(1) ?? [])).toThrow(/unknown option/)
})
