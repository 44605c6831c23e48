import { isIP } from 'node:net'
import { diallerChecks } from './judge-dialler.ts'
import { listenerChecks } from './judge-listener.ts'
import { together, verdictOf, type Check, type Explanation, type Judgement } from './explanation.ts'
import type { Question } from './question.ts'
import { sees } from './sees.ts'
import { startedWith, type Started } from './start.ts'

/**
 * What etcd of a build does with certificates and options, check by check, and what the other side does with etcd's. Pure: no
 * file, network or clock is asked. Errors: HarnessError `options-quote` (exit 2).
 */
export function explain(question: Question): Explanation {
  const { build, cert, ca, server, options, peer } = question
  const started = startedWith({
    listener: peer === undefined ? 'client' : 'peer',
    options,
    build,
    given: { options: options !== undefined, authority: ca !== undefined, server: server !== undefined },
    files: { server, ca },
  })
  const judgements = peer === undefined ? withClient(started, question) : withPeer(started, question, peer)
  return {
    etcd: build.etcd,
    go: build.go,
    verdict: together(judgements.map(({ verdict }) => verdict)),
    judgements,
    assumed: [
      ...started.assumed,
      ...(peer !== undefined && cert !== undefined ? ['both members were started with these options'] : []),
    ],
  }
}

function withClient(started: Started, question: Question): Judgement[] {
  const { cert, server, ca, clientCa = ca, to } = question
  const checks = listenerChecks(started, { certificates: cert, server: server?.[0] }, question)
  const serves = 'settings' in started && started.settings.tls === 'pair'
  const etcd = judgement('etcd', 'What etcd makes of the client', checks, { started, question })
  if (server === undefined || !serves) return [etcd]
  const dialled = diallerChecks(
    { listener: 'client', certificates: server, host: to, option: '--to', roots: clientCa },
    question,
  )
  return [etcd, judgement('client', 'What the client makes of etcd (a client in Go, as etcdctl)', dialled)]
}

/** Both dial each other: a member is taken in only when both connections come about (rafthttp). */
function withPeer(started: Started, question: Question, peer: NonNullable<Question['peer']>): Judgement[] {
  const { cert, server, ca, to } = question
  // Without a file of authorities Go asks the system's.
  const roots = 'settings' in started && started.settings.trusted === 'file' ? ca : undefined
  const listening = (of: typeof cert, own: typeof cert, from: string | undefined) =>
    listenerChecks(started, { certificates: of, from, server: own?.[0] }, question)
  const dialling = (of: NonNullable<typeof cert>, host: string | undefined, option: '--to' | '--peer-host') =>
    diallerChecks({ listener: 'peer', certificates: of, host, option, roots, started }, question)
  const serves = 'settings' in started && started.settings.tls === 'pair'
  const address = to !== undefined && isIP(to) !== 0 ? to : undefined
  const at = { started, question }
  const found = [
    judgement(
      'member',
      `What the member makes of the newcomer, which dials from ${peer.from}`,
      listening(cert, server, peer.from),
      at,
    ),
  ]
  if (!serves) return found
  if (server !== undefined)
    found.push(
      judgement(
        'newcomer',
        'What the newcomer makes of the member that it dials',
        dialling(server, to, '--to'),
      ),
    )
  if (cert !== undefined)
    found.push(
      judgement(
        'member-dials',
        'What the member makes of the newcomer when it dials back',
        dialling(cert, peer.host, '--peer-host'),
      ),
    )
  if (server !== undefined)
    found.push(
      judgement(
        'newcomer-answers',
        'What the newcomer makes of the member that dials back',
        listening(server, cert, address),
        at,
      ),
    )
  return found
}

function judgement(
  id: Judgement['id'],
  title: string,
  checks: readonly Check[],
  at?: { readonly started: Started; readonly question: Question },
): Judgement {
  const seen = at === undefined ? undefined : sees(checks, at.started, at.question)
  return { id, title, verdict: verdictOf(checks), checks, ...(seen === undefined ? {} : { sees: seen }) }
}
