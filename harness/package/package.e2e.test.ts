import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, resolve, delimiter } from 'node:path'
import { createRequire } from 'node:module'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder, type TemporaryFolder } from '../engine/temporary.ts'

const checkout = resolve(import.meta.dirname, '../..')
/** The path of a user's shell: npm and vitest have put this project's own commands, and its Node, before it. */
const path = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes('node_modules'))
  .join(delimiter)
const env = { PATH: path }

let temporary: TemporaryFolder
let packed: string
/** An empty folder into which the package was installed. */
let folder: string
const installed = (...more: string[]): string => join(folder, 'node_modules/etcd-tls', ...more)

beforeAll(async () => {
  temporary = await temporaryFolder('package')
  folder = temporary.path
  await execa('npm', ['pack', '--pack-destination', folder], { cwd: checkout })
  packed = (await readdir(folder)).find((file) => file.endsWith('.tgz')) ?? 'no package'
  await execa('npm', ['i', '--prefer-offline', '--no-audit', '--no-fund', `./${packed}`], {
    cwd: folder,
    env,
  })
}, 300_000)
afterAll(() => temporary[Symbol.asyncDispose]())

const npx = (...args: string[]) => execa('npx', ['etcd-tls', ...args], { cwd: folder, env, reject: false })

describe('a package', () => {
  test('holds what runs and nothing else', async () => {
    const { stdout } = await execa('tar', ['-tf', join(folder, packed)])
    const files = stdout.split('\n').map((file) => file.replace(/^package\//, ''))
    const read = /^dist\/(docker\/\w+\/[\w-]*recipe|harness\/starters\/\w+\.scenario|.*\.d)\.ts$/
    expect(files.filter((file) => file.endsWith('.ts') && !read.test(file))).toEqual([])
    const unwanted =
      /\.test\.|\/testing\/|\/bench\/|\/alerts\/|\.(png|jpg|svg|map|tsbuildinfo)$|tsconfig|write-schema|(^|\/)\.|CONTRIBUTING|DECISIONS|node_modules/
    expect(files.filter((file) => unwanted.test(file))).toEqual([])
    expect(files.filter((file) => !file.startsWith('dist/')).toSorted()).toEqual([
      'LICENSE',
      'README.md',
      'harness/cli/etcd-tls.js',
      'package.json',
    ])
    for (const needed of ['docker/liar/main.go', 'docker/bend/go.mod', 'harness/probe/etcd.proto'])
      expect(files).toContain(`dist/${needed}`)
    expect(files).toContain('dist/reports/html/page/page.eta')
  })

  test('names no folder of the machine that packed it', async () => {
    const entries = await readdir(installed('dist'), { recursive: true, withFileTypes: true })
    const texts = entries
      .filter((entry) => entry.isFile())
      .map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8'))
    expect((await Promise.all(texts)).filter((text) => text.includes(checkout))).toEqual([])
  })

  test('has the Node it needs, whatever the host has', async () => {
    const { stdout } = await execa('npx', ['node', '-p', 'process.versions.node'], { cwd: folder, env })
    expect(Number(stdout.split('.')[0])).toBeGreaterThanOrEqual(22)
    // npm links no command of a dependency beside a tool that is installed for all of the host.
    const bare = { PATH: path.split(delimiter).find((one) => existsSync(join(one, 'node'))) ?? path }
    const { stdout: version } = await execa(installed('harness/cli/etcd-tls.js'), ['--version'], {
      env: bare,
    })
    expect(version).toMatch(/^\d+\.\d+\.\d+$/)
  })

  test('lists what the checkout lists', async () => {
    const own = await execa('node', ['harness/cli/etcd-tls.js', 'list', '--json'], { cwd: checkout })
    const { stdout } = await npx('list', '--json')
    expect(JSON.parse(stdout)).toEqual(JSON.parse(own.stdout))
  })

  test('says how it is used, and what is wrong', async () => {
    expect((await npx('--help')).stdout).toContain('Usage: etcd-tls')
    const { exitCode, stderr } = await npx('run', '--etcd', 'latest')
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--etcd latest: leave --etcd away')])
  })

  test('takes a scenario file of its user', async () => {
    expect((await npx('new', 'own.scenario.ts')).exitCode).toBe(0)
    const { exitCode, stdout } = await npx('list', 'own.scenario.ts')
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('mine/own')])
  })

  test('runs in an empty folder, and leaves the package as it was', async () => {
    const before = await listing(installed())
    // The package may be another user's.
    await execa('chmod', ['-R', 'a-w', installed()])
    const { exitCode, stdout } = await npx('run', '--etcd', '3.6.16', '--only', 'security/https/**')
    await execa('chmod', ['-R', 'u+w', installed()])
    expect(stdout).toMatch(/exit 0: everything is as promised/)
    expect(exitCode).toBe(0)
    expect(await listing(installed())).toEqual(before)
    const [run] = await readdir(join(folder, '.etcd-tls'))
    const files = await readdir(join(folder, '.etcd-tls', run ?? ''))
    expect(files).toEqual(expect.arrayContaining(['results.json', 'report.html', 'allure-results']))
  })
})

const listing = async (of: string): Promise<string[]> => (await readdir(of, { recursive: true })).toSorted()

describe('the types of a package', () => {
  const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')
  const text = (path: string): string => `import { etcd, http, scenario, served } from 'etcd-tls/scenario'
export default scenario('mine/version', {
  heading: 'Versions',
  claims: {
    'it-answers': {
      says: 'It answers.',
      given: etcd({ options: {} }),
      when: http({ scheme: 'http', ${path}: '/version' }),
      then: served(),
    },
  },
})
`
  // As an editor does: no types of Node, and the package's own are read.
  const settings = { strict: true, module: 'nodenext', target: 'es2024', noEmit: true, types: [] }
  const compiled = async (scenario: string) => {
    await writeFile(join(folder, 'typed.scenario.ts'), scenario)
    const project = { compilerOptions: settings, files: ['typed.scenario.ts'] }
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(project))
    return execa(process.execPath, [compiler, '-p', folder], { cwd: folder, reject: false })
  }

  test('take a scenario', async () => {
    expect((await compiled(text('path'))).stdout).toBe('')
  })
  test('tell a misspelt word', async () => {
    expect((await compiled(text('pathh'))).stdout).toMatch(/typed\.scenario\.ts\(8,\d+\): .*'pathh'/)
  })
})
