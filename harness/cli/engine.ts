import { provision } from '../engine/provision.ts'
import { provisionFacts } from '../engine/provision-facts.ts'
import { planProvision } from '../engine/provision-plan.ts'
import { HarnessError } from '../errors.ts'
import { confirm } from './confirm.ts'

/** `never` only says how; `ask` asks on a terminal and goes ahead without one; `yes` goes ahead. */
export type Provisioning = 'never' | 'ask' | 'yes'

/**
 * Sees to it that an engine answers before the run. What is done is told on standard error.
 * @returns commands that the tests would like and that are not here.
 * Errors: HarnessError `no-engine` with the two lines that a person needs, and those of `provision`.
 */
export async function ensureEngine(how: Provisioning, signal: AbortSignal): Promise<readonly string[]> {
  if (how !== 'never')
    return provision({
      yes: how === 'yes',
      signal,
      confirm,
      say: (text) => process.stderr.write(`${text}\n`),
    })
  const plan = planProvision(await provisionFacts(false))
  if (plan.do === 'nothing') return []
  const lines =
    plan.do === 'refuse'
      ? plan.lines
      : [
          'No container engine answers on this machine.',
          '`--provision` sets one up here; `etcd-tls doctor` says more.',
        ]
  throw new HarnessError('no-engine', lines.join('\n'))
}
