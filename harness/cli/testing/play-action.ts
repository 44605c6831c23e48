import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { execa } from 'execa'
import { parse } from 'yaml'

/** `.github` of the checkout. */
export const github = join(import.meta.dirname, '../../../.github')

interface Step {
  readonly name?: string
  readonly id?: string
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
}

/** What a composite action says, as far as we play it. */
export interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>
  readonly runs: { readonly steps: readonly Step[] }
}

const file = (action: string): string => join(github, 'actions', action, 'action.yml')

const actionOf = async (action: string): Promise<Action> =>
  parse(await readFile(file(action), 'utf8')) as Action

/** A step by its name. */
export async function actionStep(action: string, name: string): Promise<Step> {
  const step = (await actionOf(action)).runs.steps.find((one) => one.name === name)
  if (step === undefined) throw new TypeError(`${action} has no step ${name}`)
  return step
}

export interface Played {
  /** Exit status of the first script that failed, else 0. */
  readonly status: number
  /** Of the step with an id. */
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
  readonly log: string
}

/** Installs into the checkout, which has everything. */
const left = 'Install etcd-tls'

/**
 * Runs the scripts of an action as GitHub's runner does: with bash, errors ending a script, and with what the
 * expressions in `env` come to. Steps that use other actions, and the installation, are left out.
 */
export async function playAction(
  action: string,
  inputs: Readonly<Record<string, string>>,
  cwd: string,
): Promise<Played> {
  const { inputs: known, runs } = await actionOf(action)
  const given = Object.entries(known).map(
    ([name, { default: usual = '' }]) => [`inputs.${name}`, inputs[name] ?? usual] as const,
  )
  const values = new Map([...given, ['github.action_path', dirname(file(action))]])
  const runner = join(cwd, 'runner')
  const [output, summary] = [join(runner, 'output'), join(runner, 'summary')]
  await mkdir(runner)
  for (const path of [output, summary]) await writeFile(path, '')
  const played = { status: 0, log: '' }
  for (const { run, name, env = {} } of runs.steps) {
    if (run === undefined || name === left) continue
    for (const [key, value] of Object.entries(lines(await readFile(output, 'utf8'))))
      values.set(`steps.${action}.outputs.${key}`, value)
    const { exitCode = 1, all } = await execa(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run],
      {
        cwd,
        all: true,
        reject: false,
        env: {
          ...settled(env, values),
          PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
          GITHUB_OUTPUT: output,
          GITHUB_STEP_SUMMARY: summary,
        },
      },
    )
    played.log += `${all}\n`
    if (played.status === 0) played.status = exitCode
  }
  return {
    ...played,
    outputs: lines(await readFile(output, 'utf8')),
    summary: await readFile(summary, 'utf8'),
  }
}

/** What the expressions of a step's environment come to. */
const settled = (
  env: Readonly<Record<string, string>>,
  values: ReadonlyMap<string, string>,
): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(env).map(([variable, text]) => [
      variable,
      text.replaceAll(/\$\{\{ (\S+) \}\}/g, (_, expression: string) => values.get(expression) ?? ''),
    ]),
  )

const lines = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line.includes('='))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )
