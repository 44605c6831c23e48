import type { GatheredRecord } from '../gathered/record.ts'
import type { Evidence } from '../judge/evidence.ts'
import type { Observation } from '../probe/observation.ts'
import { json } from './layout.ts'

/**
 * The evidence of a cell as files that a person can open, by name. They follow from what was gathered and from nothing
 * else, and are part of the format: a bundle of version 1 has exactly these.
 */
export function readableFiles({ evidence, world }: GatheredRecord): ReadonlyMap<string, string> {
  const acts = actsOf(evidence)
  const logs = Object.entries(evidence.logs ?? {}).map(
    ([name, log]) => [`log-of-${name.replaceAll(/[^\w.-]/g, '_')}.log`, rawOf(log)] as const,
  )
  const dns = acts.flatMap(([name, { dns: asked = [] }]) =>
    asked.map(({ from, type, name: of, rcode }) => `${name}: ${from} ${type} ${of} ${rcode}`),
  )
  return new Map([
    ['etcd.log', rawOf(evidence.log)],
    ...logs,
    ['transcript.txt', acts.map(([name, seen]) => transcript(name, seen)).join('\n')],
    ...(dns.length > 0 ? [['dns.txt', linesOf(dns)] as const] : []),
    ...(world.zone === undefined ? [] : [['zone.txt', world.zone] as const]),
    ['world.json', json(world.members)],
    [
      'certificates.pem',
      world.certificates.map(({ role, subject, pem }) => `# ${role}: ${subject}\n${pem}`).join(''),
    ],
  ])
}

type Act = readonly [name: string, seen: Observation]

/** Every observation, in the order of the acts. */
function actsOf({ setup, start, others = {}, steps = [], ...rest }: Evidence): Act[] {
  const named = (['before', 'probe', 'after', 'again', 'control', 'without'] as const).flatMap((name) => {
    const seen = rest[name]
    return seen === undefined ? [] : [[name, seen] as const]
  })
  return [
    ['start', start],
    ...Object.entries(others).map(([name, one]) => [`start of ${name}`, one.start] as const),
    ...setup.map((seen, n) => [`setup ${String(n + 1)}`, seen] as const),
    ...steps.flatMap(({ name, seen }, n) =>
      seen === undefined ? [] : [[`step ${String(n + 1)}, ${name}`, seen] as const],
    ),
    ...named,
  ]
}

/** What was said and seen; log lines that belong to it stand below it. */
function transcript(name: string, { log, byHand, join, ...seen }: Observation): string {
  const { said = [], ...joined } = join ?? {}
  const all = join === undefined ? seen : { ...seen, join: joined }
  return linesOf([
    `== ${name}: ${seen.probe}`,
    ...byHand.map((command) => `$ ${command}`),
    json(all).trimEnd(),
    ...log.map(({ raw }) => `log: ${raw}`),
    ...said.map(({ raw }) => `said: ${raw}`),
  ])
}

const linesOf = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('')
const rawOf = (log: Evidence['log']): string => linesOf(log.map(({ raw }) => raw))
