import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { HarnessError } from '../errors.ts'
import { startDaemon, untilAnswers } from './daemon.ts'
import { withLock } from './lock.ts'
import { livingDockerd } from './machine.ts'
import { provisionFacts } from './provision-facts.ts'
import { planProvision, type ProvisionPlan } from './provision-plan.ts'
import { startMark } from './process-mark.ts'
import { writeEngineRecord } from './state.ts'
import { stateFolder } from './state-folder.ts'

export interface ProvisionOptions {
  /** The person agreed beforehand. */
  readonly yes: boolean
  /** Says what is about to be done. */
  readonly say: (text: string) => void
  /** Asks the person; only used on a terminal. */
  readonly confirm: (question: string) => Promise<boolean>
  readonly signal: AbortSignal
}

const lockLimit = 10 * 60 * 1000

/**
 * Sees to it that an engine answers: sets one up on Debian or Ubuntu as root, one process at a time, and never
 * touches one that is there.
 * @returns commands that the tests would like and that are not on this machine.
 * Errors: HarnessError `no-engine` with the two lines that a person needs; `engine-install`, `engine-start`.
 */
export async function provision(options: ProvisionOptions): Promise<readonly string[]> {
  const first = planProvision(await provisionFacts(options.yes))
  if (first.do === 'nothing') return first.missing
  if (first.do === 'refuse') throw refusal(first.lines)
  if (first.do === 'set-up' && first.ask && !(await options.confirm(question(first))))
    throw refusal([
      'No container engine was set up: the answer was no.',
      '`etcd-tls doctor` says what a run needs.',
    ])
  // Who had to wait plans anew: meanwhile the other one may have set it up.
  return withLock('engine', lockLimit, async () => {
    const now = planProvision(await provisionFacts(true))
    return carryOut(now, options)
  })
}

const refusal = (lines: readonly [string, string]): HarnessError =>
  new HarnessError('no-engine', lines.join('\n'))

type SetUp = Extract<ProvisionPlan, { do: 'set-up' }>

const question = (plan: SetUp): string => `No container engine answers. ${intent(plan)} Do it?`

function intent({ install, start }: SetUp): string {
  const installing = `install ${install.join(', ')} with apt-get`
  const starting = start ? 'start dockerd (`etcd-tls clean --engine` stops it again)' : 'let systemd start it'
  return `Setting one up here means to ${[...(install.length > 0 ? [installing] : []), starting].join(' and ')}.`
}

async function carryOut(plan: ProvisionPlan, options: ProvisionOptions): Promise<readonly string[]> {
  const { say, signal } = options
  switch (plan.do) {
    case 'nothing':
      return plan.missing
    case 'refuse':
      throw refusal(plan.lines)
    case 'wait':
      say('A dockerd lives but does not answer yet; waiting for it.')
      await untilAnswers(signal)
      return []
    case 'set-up':
      say(`No container engine answers. ${intent(plan)}`)
      if (plan.install.length > 0) await installPackages(plan.install, options)
      await start(plan, options)
      return []
  }
}

/** The package may have started its service: that one is the set-up's too, unless systemd keeps it. */
async function start(plan: SetUp, { say, signal }: ProvisionOptions): Promise<void> {
  const pid = livingDockerd()
  if (plan.start && pid === undefined) {
    const { log } = await startDaemon(signal)
    return say(`The container engine answers; its log is ${log}.`)
  }
  await untilAnswers(signal)
  const mark = pid === undefined ? undefined : startMark(pid)
  if (plan.start && pid !== undefined && mark !== undefined) writeEngineRecord({ pid, mark, log: '' })
  say('The container engine answers.')
}

/** Errors: HarnessError `engine-install` with the end of the output. */
async function installPackages(
  packages: readonly string[],
  { say, signal }: ProvisionOptions,
): Promise<void> {
  const log = join(stateFolder(), 'apt-get.log')
  say(`Installing; the output of apt-get goes to ${log}.`)
  const began = performance.now()
  // A list that cannot be refreshed does not matter as long as the packages can be had.
  await aptGet(['update'], log, signal)
  const failure = await aptGet(['install', '-y', '--no-install-recommends', ...packages], log, signal)
  signal.throwIfAborted()
  if (failure !== undefined)
    throw new HarnessError('engine-install', `apt-get could not install ${packages.join(', ')}:\n${failure}`)
  say(`Installed in ${((performance.now() - began) / 1000).toFixed(0)} s.`)
}

/** @returns the last lines when it failed. */
async function aptGet(
  args: readonly string[],
  log: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { all, failed } = await execa('apt-get', args, {
    env: { DEBIAN_FRONTEND: 'noninteractive' },
    stdin: 'ignore',
    all: true,
    reject: false,
    cancelSignal: signal,
  })
  appendFileSync(log, `$ apt-get ${args.join(' ')}\n${all}\n`, { mode: 0o600 })
  return failed ? all.trim().split('\n').slice(-5).join('\n') : undefined
}
