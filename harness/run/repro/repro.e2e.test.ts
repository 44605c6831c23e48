import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { part } from '../evidence-folder.ts'

const cli = join(import.meta.dirname, '../../cli/main.ts')
/** One cell of each kind of probe. */
const cells = {
  http: 'security/host-whitelist/unlisted-name-is-refused:endpoint=version,port=with',
  https: 'security/client-certificates/without-one-is-rejected:request=v3,tls=1.3',
  expired: 'security/basic-setup/client-cert-auth-demands-a-certificate:certificate=expired,tls=1.2',
  curl: 'security/auto-tls/verifying-client-refuses:client=curl-tls1.2',
  etcdctl: 'security/https/unknown-authority-is-noticed:client=etcdctl',
  start: 'security/basic-setup/encrypted-key-is-refused:encryption=pkcs8',
  hello:
    'security/basic-setup/cipher-suites-off-by-default:list=none,listener=client,suite=TLS-RSA-WITH-AES-128-GCM-SHA256',
  grpc: 'security/basic-setup/common-name-is-the-user:act=put,tls=1.2,user=outside-its-range',
} as const

/** All that run.sh may find on its way. */
const commands = [
  'bash',
  'docker',
  'openssl',
  'curl',
  'grep',
  'sed',
  'find',
  'od',
  'timeout',
  'mktemp',
  'cp',
  'mkdir',
  'cat',
  'tee',
]
commands.push(
  'head',
  'tail',
  'tr',
  'wc',
  'rm',
  'sleep',
  'sort',
  'paste',
  'date',
  'touch',
  'mv',
  'ln',
  'dirname',
  'basename',
)

let root: string
let engine: Record<string, string>
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'etcd-tls-test-'))
  await mkdir(join(root, 'bin'))
  for (const name of commands) {
    const { stdout } = await execa('bash', ['-c', `type -P ${name}`])
    await symlink(stdout, join(root, 'bin', name))
  }
  const { DOCKER_HOST } = process.env
  engine = { PATH: join(root, 'bin'), HOME: root, ...(DOCKER_HOST === undefined ? {} : { DOCKER_HOST }) }
  const only = Object.values(cells).flatMap((cell) => ['--only', cell])
  const { exitCode, all } = await execa(
    process.execPath,
    [cli, 'run', '--etcd', '3.6.16', ...only, '--out', join(root, 'results')],
    { all: true, reject: false },
  )
  expect(exitCode, all).toBe(0)
})
afterAll(() => rm(root, { recursive: true, force: true }))

/** The folder of a cell, alone in an empty one. */
async function folderOf(name: string, cell: string): Promise<string> {
  const out = join(root, name)
  const { exitCode, all } = await execa(
    process.execPath,
    [cli, 'repro', cell, '--results', join(root, 'results'), '--out', out],
    { all: true, reject: false },
  )
  expect(exitCode, all).toBe(0)
  return out
}

const play = (folder: string, environment: Readonly<Record<string, string>> = {}) =>
  execa(join(folder, 'run.sh'), {
    env: { ...engine, ...environment },
    extendEnv: false,
    reject: false,
    all: true,
  })

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? ''

/** What run.sh left in the engine. */
async function left(): Promise<string> {
  const label = 'label=etcd-repro'
  const containers = await execa('docker', ['ps', '-aq', '--filter', label])
  const networks = await execa('docker', ['network', 'ls', '-q', '--filter', label])
  return containers.stdout + networks.stdout
}

test.each(Object.entries(cells))(
  'the folder of the cell %s shows the same, with nothing of ours',
  async (name, cell) => {
    const folder = await folderOf(name, cell)
    const { exitCode, all } = await play(folder)
    expect([exitCode, lastLine(all)], all).toEqual([0, 'SAME'])
    expect(all.replaceAll(/^the setup: .*\n/gm, '')).toContain(
      await readFile(join(folder, 'expected.txt'), 'utf8'),
    )
    expect(await left()).toBe('')
  },
)

test('without the guard it is different, and so it is on a server that has none', async () => {
  const folder = await folderOf('red', cells.https)
  const steps = join(folder, 'steps.sh')
  const text = await readFile(steps, 'utf8')
  await writeFile(
    steps,
    text.replace(
      '  --client-cert-auth \\\n  --trusted-ca-file=/etc/etcd-tls/trusted-ca-file.pem',
      '  --name=m1',
    ),
  )
  const unguarded = await play(folder)
  expect([unguarded.exitCode, lastLine(unguarded.all)], unguarded.all).toEqual([1, 'DIFFERENT'])
  expect(unguarded.all).toContain('the probe: HTTP 200')

  const { all: prepared } = await execa(
    process.execPath,
    [cli, 'run', '--etcd', 'liar:whitelist-ignored', '--only', cells.http, '--out', join(root, 'liar')],
    { all: true, reject: false },
  )
  const whitelist = await folderOf('red-http', cells.http)
  const liar = await play(whitelist, { IMAGE: 'etcd-tls/subject:liar-whitelist-ignored' })
  expect([liar.exitCode, lastLine(liar.all)], liar.all + prepared).toEqual([1, 'DIFFERENT'])
  expect(await left()).toBe('')
})

test('what is missing is said, and is never SAME', async () => {
  const folder = await folderOf('missing', cells.http)
  const noImage = await play(folder, { IMAGE: 'etcd-tls/subject:is-not-there' })
  expect([noImage.exitCode, lastLine(noImage.all)]).toEqual([
    2,
    expect.stringMatching(/^CANNOT TELL: the image etcd-tls\/subject:is-not-there is not here; make it with/),
  ])
  const noEtcd = await play(folder, { ETCD: '/bin/no-etcd' })
  expect([noEtcd.exitCode, lastLine(noEtcd.all)]).toEqual([2, 'CANNOT TELL: m1 cannot be started'])
  const silent = await play(folder, { DOCKER: 'dockre' })
  expect([silent.exitCode, lastLine(silent.all)]).toEqual([
    2,
    expect.stringMatching(/^CANNOT TELL: dockre does not/),
  ])
  await writeFile(join(folder, 'expected.txt'), '')
  const nothing = await play(folder)
  expect([nothing.exitCode, lastLine(nothing.all)], nothing.all).toEqual([2, 'CANNOT TELL: nothing was seen'])
  expect(await left()).toBe('')
})

test('several run side by side from one folder, and one that is interrupted leaves nothing', async () => {
  const folder = await folderOf('many', cells.http)
  const both = await Promise.all([play(folder), play(folder)])
  expect(
    both.map(({ exitCode }) => exitCode),
    both.map(({ all }) => all).join('\n'),
  ).toEqual([0, 0])
  const running = play(folder)
  await running.stdout[Symbol.asyncIterator]().next()
  running.kill('SIGINT')
  expect((await running).exitCode).toBe(130)
  expect(await left()).toBe('')
  const { stdout } = await execa('ls', [folder])
  expect(stdout).not.toContain('work.')
})

test('a claim gives a folder for each cell, and one run.sh', async () => {
  const claim = cells.expired.slice(0, cells.expired.indexOf(':'))
  const out = join(root, 'claim')
  const { exitCode, all } = await execa(
    process.execPath,
    [cli, 'repro', claim, '--results', join(root, 'results'), '--out', out],
    { all: true, reject: false },
  )
  expect(exitCode, all).toBe(0)
  // Only one of its cells is in the results: the others are named.
  expect(all).toContain('left out: ')
  const run = await play(out)
  expect([run.exitCode, lastLine(run.all)], run.all).toEqual([0, 'SAME'])
  expect(run.all).toContain(`== ${part(cells.expired)}`)
})
