import type { MemberSpec } from '../scenario/world.ts'
import { restartContainer } from './container.ts'
import type { StartedMember } from './member.ts'
import { observeStart } from './observe-start.ts'

/**
 * The same process started again, observed: same container, command, files and data.
 * @param limit milliseconds until it must serve or have ended
 * Errors: HarnessError `no-container`; those of the observation.
 */
export async function restartMember(
  member: StartedMember,
  { client = 'http' }: Pick<MemberSpec, 'client'>,
  limit: number,
): Promise<StartedMember> {
  const { name, address, clientPort, log } = member
  const from = log.lines.length
  const began = new Date()
  const container = await restartContainer(name, member.container)
  const at = { address, port: clientPort, scheme: client }
  return { ...member, container, start: await observeStart(name, at, container, began, { limit, from }) }
}
