import semver from 'semver'
import { listenerPair, type DialsProbe } from '../../scenario/cluster.ts'
import { ofRole } from '../../world/roles.ts'
import { clusterWords } from './cluster-words.ts'
import { notShown, type Seen, type Stage } from './plan.ts'

/** Port of our listener, at the gateway of the network, which is this host. */
const listenerPort = '2390'

/** A listener of openssl is announced as a new member, which the member dials. */
export function dialSteps(probe: DialsProbe, seen: Seen, stage: Stage, shows = showsOf(stage)): void {
  const { to, tls } = probe
  const { script, files, subject, cell } = stage
  const host = `${(files.place.network?.subnet ?? '').replace(/\.0\/24$/, '')}.1`
  const pair = files.credential(listenerPair(probe, host), 'listener')
  const words = clusterWords(cell.given, tls, stage)
  const learner = semver.gte(subject.etcd, '3.4.0')
  script.comment(`${to} dials a listener of openssl that is announced as a member`)
  const announced = 'the listener is announced'
  const url = `https://${host}:${listenerPort}`
  script.step(
    ['ctl', announced, to, ...words.add(to, 'listener', url, learner)],
    `${announced}: etcdctl is answered`,
  )
  if (seen.dial === undefined || shows === undefined) throw notShown('no dial was seen in the run')
  if (seen.dial.inClear !== undefined) throw notShown('openssl does not tell what a member sent it in clear')
  // The others would dial it, too, and openssl speaks with one at a time.
  const others = ofRole(cell.given, 'member').filter((name) => name !== to)
  if (others.length > 0) script.step(['pause', ...others])
  script.step([
    ...['listen', 'openssl', 's_server', '-accept', `${host}:${listenerPort}`],
    ...['-cert', `${pair}.crt`, '-key', `${pair}.key`, '-Verify', '3'],
  ])
  const file = `${files.credential(shows.spec, 'peer')}.crt`
  const told = `it shows ${shows.met ? '' : 'another certificate than '}${file}`
  script.step(['dialled', to, file], `${to}: ${told}`)
  if (others.length > 0) script.step(['unpause', ...others])
  script.step(['withdraw', to, url, ...words.plain(to)])
}

/** The certificate that the claim asks for, and whether it was that one. */
function showsOf({ cell, result }: Stage) {
  if (cell.then.outcome !== 'dialled') return undefined
  return {
    spec: cell.then.shows,
    met: !result.checks.some(({ question, met }) => question === 'then' && !met),
  }
}
