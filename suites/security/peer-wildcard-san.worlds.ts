import {
  refused,
  served,
  type Absent,
  type HttpProbe,
  type RefuseCell,
  type Refused,
  type ServeCell,
  type Served,
} from 'etcd-tls/scenario'
import {
  accepted,
  answers,
  asks,
  bothLetIn,
  candidate,
  joinable,
  letIn,
  listening,
  turnedAwayAlready,
  unguarded,
} from './peer-names.worlds.ts'

/** The printed request for B's certificate. */
export const printed = ['*.example.default.svc', '*.example.default.svc.cluster.local'] as const
export const [wildcard] = printed

/** A wildcard that nothing leads to. */
export const stranger = '*.far.svc'

/** Addresses, and the names that lead back from them. */
export const places = {
  unrelated: {
    at: '10.138.0.2',
    names: ['b.elsewhere.svc', 'pod.notexample.default.svc', 'pod.example.default.svc.elsewhere.svc'],
  },
  pod: { at: '10.138.0.3', names: ['pod.example.default.svc'] },
  deep: { at: '10.138.0.10', names: ['pod.deep.example.default.svc'] },
  bare: { at: '10.138.0.11', names: ['example.default.svc'] },
  capital: { at: '10.138.0.7', names: ['pod.Example.default.svc'] },
  several: {
    at: '10.138.0.8',
    names: ['b.elsewhere.svc', 'other.local', 'pod.example.default.svc.cluster.local'],
  },
  /** Only forward look-ups lead here. */
  nameless: { at: '10.138.0.6', names: [] },
} as const
type Place = keyof typeof places

const zone = {
  forward: { 'example.default.svc': [places.nameless.at], 'plain.local': [places.nameless.at] },
  reverse: Object.fromEntries(Object.values(places).map(({ at, names }) => [at, names])),
}
export const peers = joinable(zone, {
  b: candidate(places.unrelated.at, ...printed),
  pod: candidate(places.pod.at, ...printed),
  nameless: candidate(places.nameless.at, ...printed),
})
const listener = listening(zone, places)
export const back = (place: Place): string => `PTR ${places[place].at}`

/** Requests with the certificate that has B's wildcards, and what comes of them. */
export const from = (place: Place): HttpProbe => asks(place, ...printed)
export const servedFrom = (place: Place): Served => served({ ...accepted, asked: [back(place)] })
export const refusedFrom = (place: Place, ...asked: string[]): Refused =>
  refused({ by: 'm1', asked: [back(place), ...asked] })
export const because = { reason: 'dns-san-mismatch' } as const

/**
 * What the listener must refuse, and what it must serve, in a world whose check can be taken away; and what 3.2.0 to
 * 3.2.4 do instead, which look up the certificate's names alone. Before, everybody is let in.
 */
export const refuses = (when: HttpProbe, then: Refused, unlike: HttpProbe, before: Absent): RefuseCell => ({
  ...{ given: listener, when, then, because, unlike, before: [letIn('client'), before] },
  ...{ control: answers, without: unguarded(listener) },
})
export const serves = (
  when: HttpProbe,
  then: Served,
  unlike: HttpProbe,
  before: Absent = turnedAwayAlready,
): ServeCell => ({
  ...{ given: listener, when, then, unlike, before: [bothLetIn, before] },
})
