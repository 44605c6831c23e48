import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'

const manifests = ['shards.yaml', 'merge.yaml'].map((name) => join(import.meta.dirname, name))
let folder: string
let decoder: string

// Kubernetes' own types, compiled: no engine and no cluster is asked.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'etcd-tls-test-'))
  decoder = join(folder, 'decode')
  const cwd = join(import.meta.dirname, 'decode')
  await execa('go', ['build', '-mod=readonly', '-o', decoder, '.'], { cwd })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the API’s own types, strictly', () => {
  test('take the manifests', async () => {
    const { stdout } = await execa(decoder, manifests)
    expect(stdout.split('\n').toSorted()).toEqual(['Job', 'Job', 'PersistentVolumeClaim'])
  })

  test.each([
    ['backoffLimitPerIndex', 'backofLimitPerIndex'],
    ['startupProbe', 'startProbe'],
    ['claimName', 'claim'],
    [
      '    spec:\n      restartPolicy: Never',
      '    spec:\n      restartPolicy: Never\n      restartPolicy: Never',
    ],
    ['completions: 4', 'completions: four'],
  ])('find the slip where %j is %j', async (right, wrong) => {
    const text = await readFile(manifests[0] ?? '', 'utf8')
    expect(text).toContain(right)
    const broken = join(folder, 'broken.yaml')
    await writeFile(broken, text.replace(right, wrong))
    const { exitCode, stderr } = await execa(decoder, [broken], { reject: false })
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('broken.yaml: ')])
  })
})

interface Container {
  readonly args: readonly string[]
  readonly env: readonly { readonly name: string; readonly value: string }[]
}
interface Job {
  readonly kind: string
  readonly spec: {
    readonly completions?: number
    readonly parallelism?: number
    readonly template: {
      readonly spec: {
        readonly containers: readonly [Container]
        readonly initContainers?: readonly { readonly restartPolicy: string }[]
      }
    }
  }
}

async function jobOf(file = ''): Promise<Job> {
  const documents = parseAllDocuments(await readFile(file, 'utf8')).map((one) => one.toJS() as Job)
  const job = documents.find(({ kind }) => kind === 'Job')
  if (job === undefined) throw new TypeError(`${file} has no job`)
  return job
}

/** What the shell of the container makes of its command, with `node` only telling what it was given. */
async function told(job: Job, more: Record<string, string>, results: string): Promise<string> {
  const [{ args, env }] = job.spec.template.spec.containers
  const script = `node() { echo "$*"; }\n${args.join(' ').replace('exec node', 'node').replaceAll('/results', results)}`
  const given = Object.fromEntries(env.map(({ name, value }) => [name, value]))
  return (await execa('sh', ['-c', script], { env: { ...given, ...more } })).stdout
}

test('index 0 plays the first of as many shards as the Job has completions, the last one the last', async () => {
  const job = await jobOf(manifests[0])
  const { completions = 0, parallelism } = job.spec
  const [{ env }] = job.spec.template.spec.containers
  expect(env).toContainEqual({ name: 'SHARDS', value: String(completions) })
  expect(parallelism).toBe(completions)
  expect(await told(job, { JOB_COMPLETION_INDEX: '0' }, '/r')).toMatch(
    / --shard 1\/4 --out \/r\/first-3\.6\.16-1$/,
  )
  expect(await told(job, { JOB_COMPLETION_INDEX: '3' }, '/r')).toMatch(
    / --shard 4\/4 --out \/r\/first-3\.6\.16-4$/,
  )
})

test('the engine is a sidecar, so that the Job ends with the harness', async () => {
  const { initContainers } = (await jobOf(manifests[0])).spec.template.spec
  expect(initContainers?.map(({ restartPolicy }) => restartPolicy)).toEqual(['Always'])
})

test('the merge takes the folders of the shards of its run, and of no run before', async () => {
  const there = ['first-3.6.16-1', 'first-3.6.16-2', 'earlier-3.6.16-1', 'other']
  await execa('mkdir', ['-p', ...there.map((name) => join(folder, name))])
  expect(await told(await jobOf(manifests[1]), {}, folder)).toBe(
    `/opt/etcd-tls/harness/cli/main.ts report ${folder}/first-3.6.16-1 ${folder}/first-3.6.16-2 --etcd 3.6.16 --out ${folder}/report-first`,
  )
  const runs = await Promise.all(
    manifests.map(async (file) => {
      const [{ env }] = (await jobOf(file)).spec.template.spec.containers
      return env.find(({ name }) => name === 'RUN')?.value
    }),
  )
  expect(runs).toEqual(['first', 'first'])
})
