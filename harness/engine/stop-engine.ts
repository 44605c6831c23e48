import { HarnessError } from '../errors.ts'
import { engineIfAny, runLabel } from './client.ts'
import { stopDaemon } from './daemon.ts'
import { withLock } from './lock.ts'
import { isAlive } from './process-mark.ts'
import { lifeOf } from './run-id.ts'
import { readEngineRecord } from './state.ts'

/**
 * Stops the engine that the set-up started; never another.
 * @returns what was done, in a sentence.
 * Errors: HarnessError `engine-in-use` while another run lives on it, `waited-too-long`.
 */
export async function stopEngine(): Promise<string> {
  if (readEngineRecord() === undefined) return noneStarted
  return withLock('engine', 60_000, async () => {
    const record = readEngineRecord()
    if (record === undefined) return noneStarted
    if (isAlive(record.pid, record.mark)) await refuseWhileUsed()
    return (await stopDaemon(record))
      ? 'Stopped the container engine that the set-up had started. Its packages, its iptables rules and the interface docker0 stay.'
      : 'The container engine that the set-up had started has ended already.'
  })
}

const noneStarted = 'The set-up started no container engine here; nothing is stopped.'

async function refuseWhileUsed(): Promise<void> {
  const engine = await engineIfAny()
  const containers =
    (await engine?.container.dockerode.listContainers({ filters: { label: [runLabel] } })) ?? []
  const living = containers.map(({ Labels }) => Labels[runLabel] ?? '').find((run) => lifeOf(run) === 'alive')
  if (living !== undefined)
    throw new HarnessError(
      'engine-in-use',
      `The run ${living} still uses the container engine; it is not stopped.`,
    )
}
