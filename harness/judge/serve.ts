import { isDeepStrictEqual } from 'node:util'
import { identity } from '../../fixtures/pki/leaf.ts'
import type { ServeCell, StartCell, NoStartCell } from '../scenario/claim.ts'
import type { Build } from '../subject/subject.ts'
import { askedChecks } from './asked.ts'
import { aliveCheck, check, finding, type Check, type Finding } from './check.ts'
import { servedCheck } from './control.ts'
import { describe } from './describe.ts'
import { addressOf, type Evidence, type Logical } from './evidence.ts'
import { becauseExit } from './fingerprint.ts'
import { contains, outcomeOf, type Outcome } from './outcome.ts'
import { trustOf } from './trust.ts'

/** An answer with everything the promise names; broken when etcd answers otherwise, turns away or is silent. */
export function judgeServe(cell: ServeCell, evidence: Evidence, logical: Logical = (text) => text): Finding {
  const { probe, after } = evidence
  if (probe === undefined) return finding([check('then', false, 'the probe is served', 'it was not tried')])
  const then = servedCheck('then', 'the probe is served', probe, cell.then)
  const checks = [
    then,
    ...showsChecks(cell, evidence),
    ...namesChecks(cell, evidence, logical),
    ...askedChecks(cell.then, probe, logical, askerOf(cell, evidence)),
    aliveCheck('the process', evidence.alive),
  ]
  if (cell.unlike !== undefined) {
    // A control that is answered well, only otherwise, is served.
    const turned = after !== undefined && isTurnedAway(cell, outcomeOf(after, {}).outcome)
    const told = after === undefined ? 'it was not tried' : describe(after)
    checks.push(check('control', turned, 'the control, which differs in one thing, is not served', told))
  }
  const broken = checks.some(({ question, met }) => question === 'then' && !met)
  return finding(checks, broken && outcomeOf(probe, cell.then).outcome !== 'unreached')
}

/** Who asks the DNS: etcdctl looks for etcd, etcd for its peers. */
const askerOf = ({ when }: ServeCell, evidence: Evidence): string =>
  (when.kind === 'etcdctl' ? evidence.probe?.localAddress : undefined) ?? addressOf(evidence)

/** The certificate that etcd showed is the one the claim names. */
function showsChecks({ then }: ServeCell, { probe, fingerprints = {} }: Evidence): Check[] {
  if (then.shows === undefined) return []
  const server = probe?.tls?.server
  const wanted = fingerprints[identity(then.shows)]
  const met = wanted !== undefined && server?.fingerprint === wanted
  const told = server === undefined ? 'no certificate' : `${server.subject}, serial ${server.serial}`
  return [check('then', met, `etcd shows the certificate of ${then.shows.cn ?? 'no name'}`, told)]
}

/** The certificate that etcd showed has the names that are asked for and no others. */
function namesChecks({ then }: ServeCell, { probe }: Evidence, logical: Logical): Check[] {
  if (then.names === undefined) return []
  const seen = probe?.tls?.server?.names
  const told = seen === undefined ? 'no certificate' : logical(seen) || 'no names'
  const met = told.split(', ').toSorted().join() === then.names.toSorted().join()
  return [check('then', met, `the certificate that etcd shows is for ${then.names.join(', ')}`, told)]
}

/** Silence could be anybody's; and what the client does by itself tells of etcd only where that is what differs. */
const isTurnedAway = ({ when, unlike }: ServeCell, outcome: Outcome): boolean =>
  outcome === 'answered' ||
  outcome === 'turned-away' ||
  (outcome === 'client-refused' && unlike !== undefined && !isDeepStrictEqual(trustOf(when), trustOf(unlike)))

export function judgeStart(cell: StartCell, evidence: Evidence): Finding {
  const seen = evidence.start
  const ready = seen.process?.ready === true
  const text = evidence.log.map(({ raw }) => raw).join('\n')
  const lines = (cell.then.logs ?? []).map((part) =>
    check(
      'then',
      contains(text, part),
      `the log contains ${JSON.stringify(part)}`,
      contains(text, part) ? part : 'it does not',
    ),
  )
  const checks = [
    check('then', ready, 'etcd starts and serves', describe(seen)),
    check('then', seen.answered, 'its client listener answers', seen.answered ? 'it does' : 'no word came'),
    check('then', evidence.alive, 'it goes on to serve', evidence.alive ? 'alive' : 'it ended'),
    ...lines,
  ]
  return finding(checks, checks.some(({ met }) => !met) && (ready || seen.process?.exit !== undefined))
}

export function judgeNoStart(cell: NoStartCell, build: Build, evidence: Evidence): Finding {
  const seen = evidence.start
  const control = evidence.control
  const ended = seen.process?.exit !== undefined
  return finding(
    [
      check('then', ended, 'etcd ends with an error instead of serving', describe(seen)),
      ...becauseExit(cell.because.failure, build, seen),
      check(
        'control',
        control?.process?.ready === true && control.answered,
        'with the one thing put right etcd starts and answers',
        control === undefined ? 'it was not tried' : describe(control),
      ),
    ],
    seen.process?.ready === true,
  )
}
