import type { Observation, SeenForm, SeenJoin } from '../../probe/observation.ts'
import type { LogLine } from '../../world/log-line.ts'
import { parseLogLine } from '../../world/parse-log-line.ts'
import { seen } from './seen.ts'

/** Acts on members as probes see them, for tests of the judge. */
export const candidateAddress = '10.138.1.9'

export const peerLine = (error: string, from = candidateAddress, index = 3): LogLine =>
  parseLogLine(
    JSON.stringify({
      level: 'warn',
      msg: 'rejected connection on peer endpoint',
      'remote-addr': `${from}:41000`,
      'server-name': '',
      error,
    }),
    index,
  )
export const dialLine = (error: string): LogLine =>
  parseLogLine(
    JSON.stringify({
      level: 'warn',
      msg: 'failed to get cluster response',
      address: 'https://10.138.1.2:2380/members',
      error: `Get "https://10.138.1.2:2380/members": ${error}`,
    }),
    0,
  )

const taken: SeenJoin = {
  who: 'b',
  address: candidateAddress,
  added: true,
  started: true,
  listed: true,
  writtenAndRead: true,
  said: [],
}
export const joinSeen = (more: Partial<SeenJoin> = {}, log: readonly LogLine[] = []): Observation =>
  seen({ join: { ...taken, ...more }, localAddress: candidateAddress, log })
/** The last word of a candidate that no member let in. */
export const lastWord = parseLogLine(
  '{"level":"fatal","msg":"discovery failed","error":"cannot fetch cluster info from peer urls: could not retrieve cluster information from the given URLs"}',
  9,
)
export const turnedAway = (
  log: readonly LogLine[],
  said: readonly LogLine[] = [],
  more: Partial<SeenJoin> = {},
): Observation => {
  const apart = { started: false, listed: false, writtenAndRead: false, exit: 1 }
  return joinSeen({ ...apart, said: [...said, lastWord], ...more }, log)
}

type Member = SeenForm['members'][number]
const serves = (name: string, other: string): Member => ({
  name,
  started: true,
  listed: [`https://${name}:2380`, `http://${name}:2379`],
  announced: [`https://${name}:2380`, `http://${name}:2379`],
  readThrough: [other],
})
export const formSeen = (
  more: Partial<Member> = {},
  log: readonly LogLine[] = [],
  localAddress = candidateAddress,
): Observation =>
  seen({ form: { members: [serves('m1', 'm2'), { ...serves('m2', 'm1'), ...more }] }, log, localAddress })
