import { satisfies } from 'semver'
import type { Observation } from '../probe/observation.ts'
import type { ClientRefusesCell, RefuseCell } from '../scenario/claim.ts'
import type { BecauseClient } from '../scenario/outcome.ts'
import type { TlsVersion } from '../scenario/probe.ts'
import type { Build } from '../subject/subject.ts'
import type { LogLine } from '../world/log-line.ts'
import { askedChecks, askedOtherwise } from './asked.ts'
import { check, finding, type Check, type Finding } from './check.ts'
import { controlChecks, silenceCheck, withoutCheck } from './control.ts'
import { describe } from './describe.ts'
import { addressOf, hostOf, type Evidence, type Logical } from './evidence.ts'
import { answeredForIt, because, fingerprintOf, lineFits, type Fingerprint } from './fingerprint.ts'
import { answerText, contains, outcomeOf, type Outcome } from './outcome.ts'

/** A refusal: turned away, for the stated reason, twice, with the control served around it. */
export function judgeRefuse(
  cell: RefuseCell,
  build: Build,
  evidence: Evidence,
  logical: Logical = (text) => text,
): Finding {
  const { probe, again } = evidence
  if (probe === undefined) return finding([check('then', false, 'the probe is refused', 'it was not tried')])
  const print = fingerprintOf(cell.because.reason, build, probe, cell.when, cell.because.proxyAt)
  const first = refusedCheck(print, probe, 'the probe is refused', cell)
  const second = refusedCheck(print, again, 'the same probe is refused again', cell)
  const names = askedChecks(cell.then, probe, logical, addressOf(evidence))
  const without = cell.without === undefined ? undefined : withoutCheck(evidence, cell.control)
  const checks = [
    first.check,
    ...because(cell.because.reason, print, probe),
    second.check,
    ...(again === undefined ? [] : because(cell.because.reason, print, again)),
    ...ownPorts(evidence),
    ...servedInLog(print, evidence, cell),
    ...names,
    ...controlChecks(evidence, cell.control),
    ...(without === undefined ? [] : [without]),
    ...('silent' in print.log ? [silenceCheck(without)] : []),
  ]
  const broken = first.broken || second.broken || askedOtherwise(names, probe)
  return finding(checks, broken)
}

/** Log lines are told apart by the client's port: one that served twice makes them anybody's. */
function ownPorts({ before, probe, after, again }: Evidence): Check[] {
  const ports = [before, probe, after, again].flatMap((seen) => seen?.localPort ?? [])
  const twice = ports.find((port, n) => ports.indexOf(port) !== n)
  if (twice === undefined) return []
  return [
    check('because', false, 'every connection has a port of its own', `${String(twice)} was used twice`),
  ]
}

/** A line that is there for the control, too, tells nothing apart. */
function servedInLog(print: Fingerprint, { before, after, log }: Evidence, { because }: RefuseCell): Check[] {
  const ports = [before, after].flatMap((seen) => seen?.localPort ?? [])
  // A proxy dials from its own address.
  const proxies = [before, after].flatMap((seen) => (seen === undefined ? [] : hostOf(seen.to)))
  const controls = ({ remotePort = 0, remoteAddress = '' }: LogLine): boolean =>
    because.proxyAt === undefined ? ports.includes(remotePort) : proxies.includes(remoteAddress)
  const line = log.find((one) => controls(one) && lineFits(print, one))
  if (line === undefined) return []
  return [check('control', false, "etcd's log does not say that the control was refused", line.raw)]
}

/** The client turned etcd away for its own stated reason, and etcd's log shows what the client sent. */
export function judgeClientRefuses(cell: ClientRefusesCell, build: Build, evidence: Evidence): Finding {
  const { probe } = evidence
  if (probe === undefined) return finding([check('then', false, 'the client refuses', 'it was not tried')])
  const answered = probe.http !== undefined || probe.command?.exit === 0
  const error = [probe.error?.message, probe.command?.stderr].filter(Boolean).join('\n')
  const words = wordsOf(cell, build)
  const checks = [
    check('then', !answered, 'the client refuses the server', describe(probe)),
    check('because', probe.command?.exit === words.exit, `exit ${String(words.exit)}`, describe(probe)),
    check('because', words.error.test(error), `the client says ${words.error.source}`, describe(probe)),
    ...toldToEtcd(cell, build, probe),
    ...ownPorts(evidence),
    ...controlChecks(evidence, cell.control),
  ]
  return finding(checks, answered)
}

/** What the client of this build says: that of an older one may know less. */
function wordsOf({ because }: ClientRefusesCell, { etcd }: Build): Pick<BecauseClient, 'exit' | 'error'> {
  const { older = [] } = because
  return [older].flat().find(({ builds }) => satisfies(etcd, builds, { includePrerelease: true })) ?? because
}

/** etcd's log of what the client sent; a client that sends nothing gets nothing. */
function toldToEtcd(cell: ClientRefusesCell, build: Build, probe: Observation): Check[] {
  const { reason } = cell.because
  if (reason === undefined)
    return [
      check('because', probe.connected, 'the client reaches etcd', describe(probe)),
      check('because', !probe.answered, 'the client ends before it says a word', describe(probe)),
    ]
  const print = fingerprintOf(reason, build, probe, cell.when)
  return because(reason, { ...print, alert: undefined }, probe)
}

const refusalOutcomes: readonly Outcome[] = ['turned-away']

/** Broken: the application answered although the refusal belongs before it, or answered as if served. */
function refusedCheck(print: Fingerprint, seen: Observation | undefined, what: string, cell: RefuseCell) {
  if (seen === undefined) return { check: check('then', false, what, 'it was not tried'), broken: false }
  const { outcome, missing } = outcomeOf(seen, cell.control ?? {})
  const atApplication = print.status !== undefined || print.grpc !== undefined
  const answered = outcome === 'served' || outcome === 'answered'
  const given = cell.control?.contains?.find((part) => contains(answerText(seen), part))
  const refused = atApplication
    ? answered && !looksServed(seen) && given === undefined
    : (refusalOutcomes.includes(outcome) && !letIn(seen)) || answeredForIt(print, seen)
  const told = toldOf(seen, outcome, missing, given)
  return {
    check: check('then', refused, what, refused ? describe(seen) : told),
    broken: answered && !refused,
  }
}

function toldOf(seen: Observation, outcome: Outcome, missing: readonly string[], given?: string): string {
  if (outcome === 'served') return `served: ${describe(seen)}`
  if (letIn(seen)) return `etcd finished the handshake first: ${describe(seen)}`
  return given === undefined ? (missing[0] ?? outcome) : `the answer holds ${JSON.stringify(given)}`
}

/**
 * etcd took the client's certificate: a finished handshake, or under TLS 1.3 the ticket that Go sends after
 * the client's Finished (`sendSessionTickets`, crypto/tls/handshake_server_tls13.go). A request had got through by then.
 */
const letIn = ({ alert, tls }: Observation): boolean =>
  alert?.direction === 'received' &&
  (tls?.ticket === true || (isOlder(tls?.version) && tls?.handshake === true))

const isOlder = (version: TlsVersion | undefined): boolean => version !== undefined && version !== '1.3'

const looksServed = (seen: Observation): boolean =>
  seen.grpc !== undefined ? seen.grpc.code === 'OK' : seen.http === undefined || seen.http.status < 400
