import { HarnessError } from '../errors.ts'
import { within } from '../within.ts'
import { engineLimit } from './container-handle.ts'
import type { InitTalk } from './init-talk.ts'

/**
 * Starts a TCP relay that the init of a berth keeps (docker/init/relay.go): bytes go through it as they are, an end as
 * an end and a reset as a reset. Once removed its port is free.
 * Errors: HarnessError `no-relay`, `berth-lost`, `waited-too-long`.
 */
export async function startRelay(
  talk: InitTalk,
  port: number,
  to: string,
): Promise<{ remove(): Promise<void> }> {
  const id = talk.number()
  const start = talk.answer({ id, do: 'relay', listen: `0.0.0.0:${String(port)}`, to })
  const { is, why } = await within(engineLimit, `the relay to ${to}`, start)
  if (is !== 'started') throw new HarnessError('no-relay', `The init relays nothing to ${to}: ${why}`)
  return {
    remove: async () => {
      // With its container it is gone, too.
      if (talk.over.aborted) return
      const end = talk.answer({ id, do: 'end' })
      await within(engineLimit, `the relay to ${to} to end`, end)
    },
  }
}
