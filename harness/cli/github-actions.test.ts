import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser'
import { parseAction } from '@actions/workflow-parser/actions/action-parser'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Results } from '../../reports/index.ts'
import { cleanResults } from '../../reports/testing/sample-results.ts'
import { shardsOfRun } from '../../reports/testing/sample-shards.ts'
import { actionStep, github, playAction, type Action } from './testing/play-action.ts'

const actions = ['actions/run/action.yml', 'actions/merge/action.yml']
const workflows = ['workflows/ci.yml', 'workflows/etcd.yml']
const read = (name: string): Promise<string> => readFile(join(github, name), 'utf8')

/** What GitHub's own parser finds wrong, by line. */
function mistakes(name: string, content: string): string[] {
  const parse = name.startsWith('actions/') ? parseAction : parseWorkflow
  const { context } = parse({ name, content }, new NoOperationTraceWriter())
  return context.errors.getErrors().map(({ message }) => message)
}

describe('GitHub’s own parser', () => {
  test.each([...actions, ...workflows])('takes %s', async (name) => {
    expect(mistakes(name, await read(name))).toEqual([])
  })

  test.each([
    ['actions/run/action.yml', 'using: composite', 'using: compost'],
    ['actions/run/action.yml', '      shell: bash', '      shel: bash'],
    ['actions/merge/action.yml', '\nruns:', '\nrusn:'],
    ['workflows/etcd.yml', '    needs: shard', '    neds: shard'],
    ['workflows/etcd.yml', 'contents: write', 'contents: wirte'],
    ['workflows/etcd.yml', '!cancelled()', '!canceled()'],
    ['workflows/etcd.yml', 'matrix.etcd }}, shard', 'matrix.etcd }, shard'],
  ])('finds the slip in %s where %j is %j', async (name, right, wrong) => {
    const text = await read(name)
    expect(text).toContain(right)
    expect(mistakes(name, text.replace(right, wrong))).not.toEqual([])
  })
})

interface Used {
  readonly uses?: string
  readonly with?: Readonly<Record<string, unknown>>
}

test('a workflow gives an action of ours only the inputs that it has, and each that it must have', async () => {
  const { jobs } = parse(await read('workflows/etcd.yml')) as { jobs: Record<string, { steps: Used[] }> }
  const ours = Object.values(jobs)
    .flatMap(({ steps }) => steps)
    .filter(({ uses }) => uses?.startsWith('./'))
  expect(ours.map(({ uses }) => uses)).toEqual(['./.github/actions/run', './.github/actions/merge'])
  for (const { uses = '', with: given = {} } of ours) {
    const { inputs } = parse(await read(join(uses.replace('./.github/', ''), 'action.yml'))) as Action
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(given)))
    const demanded = Object.entries(inputs).filter(([, { required }]) => required === true)
    expect(Object.keys(given)).toEqual(expect.arrayContaining(demanded.map(([name]) => name)))
  }
})

test('the builds that are merged are those of the matrix', async () => {
  const { jobs } = parse(await read('workflows/etcd.yml')) as {
    jobs: { shard: { strategy: { matrix: { etcd: string[] } } }; report: { steps: Used[] } }
  }
  const merge = jobs.report.steps.find(({ uses }) => uses === './.github/actions/merge')
  expect(merge?.with?.['etcd']).toBe(jobs.shard.strategy.matrix.etcd.join(' '))
})

test.each(actions)(
  '%s puts no input into a script: what a script gets it gets as a variable',
  async (name) => {
    const { runs } = parse(await read(name)) as Action
    for (const { run = '' } of runs.steps) expect(run).not.toContain('${{')
  },
)

let folder: string
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'etcd-tls-test-'))))
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('the merge action', () => {
  const shards = shardsOfRun(cleanResults(['3.6.16']), 3)
  const artifacts = async (given: readonly Results[]): Promise<void> => {
    for (const results of given) {
      const path = join(folder, 'results', `results-3.6.16-${String(results.shard?.index)}`)
      await mkdir(path, { recursive: true })
      await writeFile(join(path, 'results.json'), JSON.stringify(results))
    }
  }
  const merge = (inputs: Record<string, string> = {}) =>
    playAction('merge', { results: 'results', out: 'out', ...inputs }, folder)

  test('puts the shards together and writes the summary of the job', async () => {
    await artifacts(shards)
    const { status, outputs, summary } = await merge({ etcd: '3.6.16' })
    expect([status, outputs]).toEqual([0, { status: '0' }])
    expect(summary).toBe(await readFile(join(folder, 'out/summary.md'), 'utf8'))
    expect(JSON.parse(await readFile(join(folder, 'out/badge.json'), 'utf8'))).toMatchObject({
      color: 'brightgreen',
    })
  })

  test('fails with 3 where a shard never came, and names it', async () => {
    await artifacts(shards.slice(1))
    const { status, summary } = await merge()
    expect(status).toBe(3)
    expect(summary).toContain('shard 1 of 3 on')
  })

  test('fails with 3 where nothing came of a build', async () => {
    await artifacts(shards)
    expect((await merge({ etcd: '3.6.16\n 3.5.35 ' })).status).toBe(3)
  })

  test('fails with 3 where nothing came at all', async () => {
    const { status, log } = await merge()
    expect(status).toBe(3)
    expect(log).toContain('::error title=etcd-tls::There are no results in results')
  })

  test('tells nothing of a folder that was there before', async () => {
    await artifacts(shards)
    await mkdir(join(folder, 'out'))
    await writeFile(join(folder, 'out/summary.md'), '## ✔ all is well')
    const { status, summary } = await merge()
    expect([status, summary]).toEqual([2, ''])
  })

  test('lets nothing that a build says command the runner', async () => {
    const hostile = '##[add-mask]pass ::add-mask::pass'
    const [one, ...others] = shards
    const said = {
      ...one,
      results: one?.results.map((cell) => ({ ...cell, verdict: 'fail', seen: hostile })),
    } as Results
    await artifacts([said, ...others])
    const { log } = await merge()
    const lines = log.split('\n')
    const token = /^::stop-commands::([0-9a-f]{32})$/m.exec(log)?.[1]
    const [from, to] = [
      lines.indexOf(`::stop-commands::${String(token)}`),
      lines.indexOf(`::${String(token)}::`),
    ]
    const at = lines.findIndex((line) => line.includes('##[add-mask]'))
    expect(at).toBeGreaterThan(from)
    expect(at).toBeLessThan(to)
  })

  test('compares with a baseline', async () => {
    await artifacts(shards)
    await writeFile(join(folder, 'before.json'), JSON.stringify(cleanResults(['3.6.16'])))
    expect((await merge({ baseline: 'before.json', strict: 'true' })).status).toBe(0)
  })
})

test.each(actions.map((name) => name.split('/')[1] ?? ''))(
  'the action %s takes no word for strict but true and false',
  async (action) => {
    const { status, log } = await playAction(
      action,
      // No build is called so: nothing can begin.
      { strict: 'yes', etcd: '$', results: '.', out: 'out' },
      folder,
    )
    expect(status).toBe(2)
    expect(log).toContain('strict is true or false')
  },
)

test.each(actions)('%s uploads nothing that was there before', async (name) => {
  const { runs } = parse(await read(name)) as { runs: { steps: { name?: string; if?: string }[] } }
  const id = name.split('/')[1] ?? ''
  const upload = runs.steps.find((step) => step.name?.startsWith('Upload'))
  expect(upload?.if).toContain(`steps.${id}.outputs.status != '' && steps.${id}.outputs.status != '2'`)
})

describe('the run action', () => {
  test('fails with 2 for a mistake, and nothing of an input is run', async () => {
    const { status, log } = await playAction(
      'run',
      { etcd: '3.6.16 $(touch\n*', only: 'security/**\n\n$(touch x)', shard: '1/2', out: 'out' },
      folder,
    )
    expect(status).toBe(2)
    expect(log).toContain('--etcd "$(touch"')
  })

  test('ends with 3 where the command never told its status', async () => {
    const step = await actionStep('run', 'Verdict')
    expect(step.env).toEqual({ STATUS: '${{ steps.run.outputs.status }}' })
    expect(step.run).toBe('exit "${STATUS:-3}"')
  })
})
