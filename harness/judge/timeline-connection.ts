import type { CredentialSpec } from '../../fixtures/credential.ts'
import { identity } from '../../fixtures/pki/leaf.ts'
import type { Observation } from '../probe/observation.ts'
import type { Moment } from '../scenario/moments.ts'
import type { Build } from '../subject/subject.ts'
import { check, type Check } from './check.ts'
import { describe } from './describe.ts'
import { because, fingerprintOf } from './fingerprint.ts'
import { madeAlone } from './made.ts'
import { outcomeOf, type Outcome } from './outcome.ts'

/** What the judge may know beside the steps themselves. */
export interface Known {
  readonly build: Build
  /** `identity` of a credential → SHA-256 of its certificate. */
  readonly fingerprints: Readonly<Record<string, string>>
  /** Name of a held connection → how it was opened. */
  readonly held: ReadonlyMap<string, Observation>
  /** Name of a new connection → what was seen of it. */
  readonly made: ReadonlyMap<string, Observation>
}

export interface Answer {
  readonly checks: readonly Check[]
  /** etcd did otherwise; else, where a check is unmet, it is not proved. */
  readonly broken: boolean
}

export const unproved = (...checks: readonly Check[]): Answer => ({ checks, broken: false })

export type Connection = Extract<Moment, { readonly do: 'connect' | 'hold' | 'use' }>

/** What came of a connection, which certificate it showed, and, of a refusal, why. */
export function connected(moment: Connection, seen: Observation, known: Known): Answer {
  const { name } = moment
  const shown =
    'shows' in moment && moment.shows !== undefined ? [shows(name, moment.shows, seen, known)] : []
  const answers = [
    outcomes(moment, seen),
    ...watching(moment, seen),
    ...shown,
    ...(moment.do === 'use' ? [sameConnection(name, seen, known)] : []),
    ...(moment.do === 'connect' ? [...alone(moment, seen, known), ...reasons(moment, seen, known)] : []),
  ]
  return { checks: answers.flatMap(({ checks }) => checks), broken: answers.some(({ broken }) => broken) }
}

const wanted = {
  served: ['served'],
  refused: ['turned-away'],
  'client-refuses': ['client-refused'],
} as const satisfies Record<string, readonly Outcome[]>

const words = {
  served: 'is served',
  refused: 'is refused by etcd',
  'client-refuses': 'is refused by the client',
} as const

/**
 * What shows that etcd did otherwise. Silence and a port that nobody listens on may be the harness's; a client that
 * refuses, or does not, decides by the certificate it is shown, which is asked for by itself.
 */
const otherwise = {
  served: ['answered', 'turned-away'],
  refused: ['served', 'answered'],
  'client-refuses': ['turned-away'],
} as const satisfies Record<string, readonly Outcome[]>

function outcomes(moment: Connection, seen: Observation): Answer {
  const comes = moment.do === 'connect' ? (moment.comes ?? 'served') : 'served'
  const what = moment.do === 'connect' ? 'a new connection' : 'the connection that stays open'
  // The watch beside a held connection is asked about by itself, and of etcd's own dial only what it shows.
  const { grpc: _, ...alone } = seen
  const { outcome, missing } = outcomeOf(moment.do === 'connect' ? seen : alone, {})
  const came = dialOutcome(seen) ?? outcome
  const met = (wanted[comes] as readonly Outcome[]).includes(came)
  const told = met ? describe(seen) : [came, ...missing].join(': ')
  return {
    checks: [check('then', met, `${moment.name}: ${what} ${words[comes]}`, told)],
    broken: (otherwise[comes] as readonly Outcome[]).includes(came),
  }
}

/** A dial in clear is answered by nobody who asked for TLS; one with a certificate is a connection. */
function dialOutcome({ dial }: Observation): Outcome | undefined {
  if (dial?.inClear !== undefined) return 'answered'
  return dial?.certificate === undefined ? undefined : 'served'
}

/** A watch that says nothing in time is not proved to be broken. */
function watching({ name, do: act }: Connection, { grpc }: Observation): Answer[] {
  if (act === 'connect' || grpc === undefined) return []
  const what = act === 'hold' ? 'a watch is begun' : 'the watch tells of a key that is written now'
  const told = [grpc.code, grpc.details || grpc.response].filter(Boolean).join(': ')
  return [
    {
      checks: [check('then', grpc.code === 'OK', `${name}: ${what}`, told)],
      broken: grpc.code !== 'OK' && grpc.code !== 'DEADLINE_EXCEEDED',
    },
  ]
}

/** A certificate that was not seen is not the one: nothing passes by want of it. */
function shows(name: string, spec: CredentialSpec, seen: Observation, { fingerprints }: Known): Answer {
  const asked = fingerprints[identity(spec)]
  const shown = seen.dial?.certificate ?? seen.tls?.server
  const met = asked !== undefined && shown?.fingerprint === asked
  const expected = `${name}: the certificate shown is ${spec.cn ?? spec.hosts?.join(', ') ?? 'the one asked for'}`
  const told = shown === undefined ? 'no certificate was seen' : `${shown.subject}, serial ${shown.serial}`
  return {
    checks: [check('then', met, expected, told)],
    broken: !met && shown !== undefined && asked !== undefined,
  }
}

function alone({ name, madeUnlike }: Connect, seen: Observation, { made }: Known): Answer[] {
  if (madeUnlike === undefined) return []
  return [madeAlone(name, seen.tls?.server, made.get(madeUnlike)?.tls?.server)]
}

function sameConnection(name: string, seen: Observation, { held }: Known): Answer {
  const port = held.get(name)?.localPort
  const met = port !== undefined && seen.localPort === port && seen.closed === undefined
  const told = `port ${String(seen.localPort)} of the client, ${seen.closed === undefined ? 'open' : 'closed'}`
  return unproved(check('then', met, `${name}: it is the same connection, still open`, told))
}

type Connect = Extract<Moment, { readonly do: 'connect' }>

function reasons(moment: Connect, seen: Observation, { build }: Known): readonly Answer[] {
  const { name, comes, error } = moment
  if (comes === 'refused') {
    const reason = moment.because?.reason
    if (reason === undefined)
      return [unproved(check('because', false, `${name}: the step says why etcd refuses`, 'it does not'))]
    return [unproved(...because(reason, fingerprintOf(reason, build, seen, moment.probe), seen))]
  }
  if (comes !== 'client-refuses') return []
  const said = [seen.error?.code, seen.error?.message].filter(Boolean).join(': ')
  const met = error?.test(said) === true
  return [unproved(check('because', met, `${name}: the client says ${String(error)}`, said || 'nothing'))]
}
