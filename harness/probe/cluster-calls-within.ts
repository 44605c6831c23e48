import { authority, certificateOf, keyOf } from '../../fixtures/credential.ts'
import type { Argument, ClientTls } from '../scenario/probe.ts'
import type { ClusterContext } from '../world/running.ts'
import type { Answer, ClusterCalls, ListedMember } from './cluster-calls.ts'
import { reachWithin } from './cluster-reach.ts'
import { etcdctl } from './etcdctl.ts'

/**
 * The same calls with the subject's own etcdctl, run in the network of the members: for those that listen on
 * 127.0.0.1, as the pages print. Errors: HarnessError `no-etcdctl`.
 */
export function callsWithin(context: ClusterContext, tls: ClientTls | undefined): ClusterCalls {
  const byHand: string[] = []
  const ask = async <T>(
    to: string,
    words: readonly string[],
    read: (output: string) => T,
  ): Promise<Answer<T>> => {
    const member = context.spec.members[to]
    const host = member?.host ?? '127.0.0.1'
    const endpoint = `${member?.client ?? 'http'}://${host}:${String(member?.loopback?.client ?? 2379)}`
    const args = [`--endpoints=${endpoint}`, ...tlsWords(member?.client, tls), ...words]
    const seen = await etcdctl({ kind: 'etcdctl', to, args }, reachWithin(context, to))
    byHand.push(...seen.byHand)
    if (seen.command?.exit !== 0)
      return { failed: `etcdctl ${words.join(' ')} at ${to}: ${seen.error?.message ?? 'it did not end'}` }
    return { is: read(seen.command.stdout) }
  }
  return {
    byHand,
    add: () => Promise.resolve({ failed: 'members on a loopback address take in no candidates' }),
    remove: () => Promise.resolve({ failed: 'members on a loopback address take in no candidates' }),
    members: (to) => ask(to, ['member', 'list', '-w', 'simple'], listed),
    put: (to, key) => ask(to, ['put', key, 'etcd-tls'], () => true as const),
    keys: (to, prefix) => ask(to, ['get', '--prefix', '--keys-only', prefix], lines),
  }
}

function tlsWords(scheme: string | undefined, tls: ClientTls | undefined): Argument[] {
  if (scheme !== 'https') return []
  return [
    '--cacert',
    authority(tls?.trust ?? 'ca'),
    ...(tls?.as === undefined ? [] : ['--cert', certificateOf(tls.as), '--key', keyOf(tls.as)]),
  ]
}

const lines = (output: string): string[] => output.split('\n').filter((line) => line.trim() !== '')

/** `id, status, name, peer URLs, client URLs[, learner]`: `etcdctl/ctlv3/command/printer.go`, makeMemberListTable. */
const listed = (output: string): ListedMember[] =>
  lines(output).map((line) => {
    const [id = '', , name = '', peerUrls = ''] = line.split(', ')
    return {
      id: BigInt(`0x${id}`).toString(),
      name,
      peerUrls: peerUrls.split(',').filter((url) => url !== ''),
    }
  })
