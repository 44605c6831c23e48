import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadResults } from '../../reports/index.ts'

const cli = join(import.meta.dirname, '../cli/main.ts')
const cells = {
  unlisted: 'security/host-whitelist/unlisted-name-is-refused:endpoint=version,port=with',
  without: 'security/client-certificates/without-one-is-rejected:request=v3,tls=1.3',
  expired: 'security/basic-setup/client-cert-auth-demands-a-certificate:certificate=expired,tls=1.3',
} as const

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'etcd-tls-test-'))
  const only = Object.values(cells).flatMap((cell) => ['--only', cell])
  const out = join(folder, 'run')
  const { exitCode, all } = await execa(
    process.execPath,
    [cli, 'run', '--etcd', '3.6.16', ...only, '--out', out],
    {
      all: true,
      reject: false,
    },
  )
  expect(exitCode, all).toBe(0)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

// What the report prints, typed as it is: the refusal and its control happen again, and nothing stays.
test.each([
  [
    'unlisted',
    /< HTTP\/1\.1 200 [\s\S]+< HTTP\/1\.1 421 [\s\S]+rejecting HTTP request[\s\S]+< HTTP\/1\.1 200 /,
  ],
  [
    'without',
    /< HTTP\/1\.1 200 [\s\S]+alert certificate required[\s\S]+rejected connection[\s\S]+< HTTP\/1\.1 200 /,
  ],
  [
    'expired',
    /< HTTP\/1\.1 200 [\s\S]+alert certificate expired[\s\S]+rejected connection[\s\S]+< HTTP\/1\.1 200 /,
  ],
] as const)('by-hand.txt of the cell %s shows it again', async (name, shown) => {
  expect(await members(), 'a container is called m1 already').toBe('')
  const { results } = await loadResults(join(folder, 'run', 'results.json'))
  const { evidence = '' } = results.find(({ cell }) => cell === cells[name]) ?? {}
  const script = await readFile(join(folder, 'run', evidence, 'by-hand.txt'), 'utf8')
  const cwd = join(folder, name)
  await mkdir(cwd)
  const { all } = await execa('bash', { cwd, input: script, all: true, reject: false, timeout: 120_000 })
  expect(all).toMatch(shown)
  expect(await members()).toBe('')
})

const members = async (): Promise<string> =>
  (await execa('docker', ['ps', '-aq', '--filter', 'name=^m1$'])).stdout
