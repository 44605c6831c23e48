import type { CellResult, Observation } from './schema.ts'

/** What members did and what was asked of the DNS, in words. Not escaped: the reports do that. */

type Join = NonNullable<Observation['join']>
type Form = NonNullable<Observation['form']>
type Dial = NonNullable<Observation['dial']>
export type Query = NonNullable<Observation['dns']>[number]
type Pair = readonly [term: string, value: string]

const exitText = (exit: number | undefined): string => (exit === undefined ? '' : `, exit ${String(exit)}`)

/** Who tried to join from where, and how far it came. */
export const joinPairs = ({ who, address, added, started, exit, listed, writtenAndRead }: Join): Pair[] => [
  ['candidate', `${who}, dialling from ${address}`],
  ['added to the list', added === true ? 'yes' : `no: ${added}`],
  ['started', `${started ? 'yes' : 'no'}${exitText(exit)}`],
  ['listed as started', listed ? 'yes' : 'no'],
  ['written through it, read through the cluster', writtenAndRead ? 'yes' : 'no'],
]

/** What a member showed when it dialled. */
export const dialPairs = ({ certificate, serverName, version, inClear, from }: Dial): Pair[] => [
  ['dialled from', from],
  ...(inClear === undefined ? [] : [['sent in clear', inClear] as const]),
  [
    'showed',
    certificate === undefined ? 'no certificate' : `${certificate.subject}, serial ${certificate.serial}`,
  ],
  ...(serverName === undefined ? [] : [['asked for', serverName] as const]),
  ...(version === undefined ? [] : [['TLS', version] as const]),
]

/** A member of a world as it came up, and through which of the others its key was read. */
export interface FormRow {
  readonly name: string
  /** `started`, or `not started, exit 1`. */
  readonly state: string
  /** The URLs under which the list shows it as started. */
  readonly listed: string
  /** By member, in the order of the rows: its key was read there; `own` for itself. */
  readonly read: readonly ('own' | 'yes' | 'no')[]
}
export const formRows = ({ members }: Form): FormRow[] =>
  members.map(({ name, started, exit, listed, readThrough }) => ({
    name,
    state: `${started ? 'started' : 'not started'}${exitText(exit)}`,
    listed: listed.length === 0 ? 'not listed as started' : listed.join(', '),
    read: members.map((other) =>
      other.name === name ? 'own' : readThrough.includes(other.name) ? 'yes' : 'no',
    ),
  }))

/** `A b.com: NXDOMAIN`; a question without an answer is told as such. */
export const queryText = ({ type, name, rcode }: Query): string =>
  `${type} ${name}: ${rcode === '-' ? 'no answer' : rcode}`

const sentence = (pairs: readonly Pair[]): string =>
  pairs.map(([term, value]) => `${term} ${value}`).join('; ')

function linesOf(seen: Observation): string[] {
  const { join, form, dial, dns = [] } = seen
  const rows = form === undefined ? [] : formRows(form)
  return [
    ...(join === undefined ? [] : [sentence(joinPairs(join))]),
    ...(join?.said.slice(-3).map(({ raw }) => `${join.who} said: ${raw}`) ?? []),
    ...rows.map((row) => `${row.name} ${row.state}; ${row.listed}; ${readText(row, rows)}`),
    ...(dial === undefined ? [] : [sentence(dialPairs(dial))]),
    ...(dns.length === 0 ? [] : [`asked of the DNS, in this order: ${dns.map(queryText).join(', ')}`]),
  ]
}

function readText({ read }: FormRow, rows: readonly FormRow[]): string {
  const names = (what: 'yes' | 'no') => rows.flatMap(({ name }, at) => (read[at] === what ? [name] : []))
  const [yes, no] = [names('yes'), names('no')]
  if (yes.length + no.length === 0) return 'alone'
  return [
    ...(yes.length > 0 ? [`its key was read through ${yes.join(', ')}`] : []),
    ...(no.length > 0 ? [`not through ${no.join(', ')}`] : []),
  ].join(', ')
}

/** What a cell showed of members and names, a line each, for reports that are text: `control: …`. */
export function membersSeen({ probe, control, again, without }: CellResult): string[] {
  const told = { probe, control, again, 'without the guard': without }
  return Object.entries(told).flatMap(([role, seen]) =>
    seen === undefined ? [] : linesOf(seen).map((line) => `${role}: ${line}`),
  )
}
