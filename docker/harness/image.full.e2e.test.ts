import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadResults } from '../../reports/index.ts'
import { makeBaseImage } from './testing/base-image.ts'

const tag = `test-${String(process.pid)}`
const [base, image] = [`etcd-tls/harness-base:${tag}`, `etcd-tls/harness:${tag}`]
const root = join(import.meta.dirname, '../..')
let folder: string

// The official image of Node may be out of reach, so one of this host's node takes its place; the rest is the Dockerfile's.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'etcd-tls-test-'))
  await makeBaseImage(base, 'etcd-tls.test=harness')
  const build = `docker build -q --network host --build-arg NODE=${base} -f docker/harness/Dockerfile -t ${image} -`
  const context = 'git ls-files -z -co --exclude-standard | tar --null -T - -c'
  await execa('bash', ['-o', 'pipefail', '-c', `${context} | ${build}`], { cwd: root })
})
afterAll(async () => {
  await execa('docker', ['image', 'rm', '--force', image, base], { reject: false })
  await rm(folder, { recursive: true, force: true })
})

test('in a container, with the engine of the host: a verdict on a real etcd, also where files change', async () => {
  const shared = join(folder, 'shared')
  await mkdir(shared)
  const only = ['unlisted-name-is-refused', 'available-from'].flatMap((one) => [
    '--only',
    `security/host-whitelist/${one}`,
  ])
  const { exitCode, all } = await execa(
    'docker',
    [
      ...['run', '--rm', '--network', 'host', '-v', '/var/run/docker.sock:/var/run/docker.sock'],
      ...['-v', `${shared}:${shared}`, '-e', `TMPDIR=${shared}`, '-v', `${folder}:/work`, image],
      ...[
        'run',
        '--etcd',
        '3.6.16',
        ...only,
        '--only',
        'security/reload/new-certificate-on-every-connection',
        '--out',
        'run',
      ],
    ],
    { reject: false, all: true },
  )
  expect(exitCode, all).toBe(0)
  const { results, run } = await loadResults(join(folder, 'run/results.json'))
  expect(results.filter(({ verdict }) => verdict === 'pass').length).toBeGreaterThan(10)
  const left = await execa('docker', ['ps', '-aq', '--filter', `label=etcd-tls.run=${run.id}`])
  expect(left.stdout).toBe('')
})
