import {
  cluster,
  dialled,
  dials,
  formed,
  forms,
  joins,
  notFormed,
  over,
  peerPair,
  refused,
  scenario,
  served,
  type KnownDeviation,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import {
  allowing,
  answersNames,
  authorities,
  commonName,
  every,
  kinds,
  listing,
  lists,
  names,
  needsLists,
  needsOf,
  pairOf,
  right,
  rogue,
  withoutList,
  type Node,
} from './peers.worlds.ts'

/**
 * Which common names may join, with the option that exists. The name is compared by both sides of a connection
 * (VerifyPeerCertificate in baseConfig, client/pkg/transport/listener.go). Releases before 3.5.15 know one name only,
 * so what can be said with one is asked of them, too.
 */
const id = 'peer-tls/allowed-cn'

const allThree = cluster({
  authorities,
  members: { n1: member('n1', every), n2: member('n2', every), n3: member('n3', every) },
})
/** n2 does not know n1; n1 knows all. */
const unknownToN2 = [commonName('n2'), commonName('n3')]
/** Everybody whom n2 can ask shows the name of n1. */
const asN1 = cluster({
  authorities,
  members: {
    n1: member('n1', every),
    n3: member('n3', every, commonName('n1')),
    n2: { role: 'candidate', ...member('n2', every) },
  },
})
/** n1 by itself, which knows n2. */
const alone = cluster({ authorities, members: { n1: member('n1', [commonName('n1'), commonName('n2')]) } })
const oneWay = cluster({ authorities, members: { n2: member('n2', unknownToN2) } })
/** Two nodes: with a third that both accept, whether a cluster forms depends on who is elected. */
const two = (ofN1: readonly string[], ofN2: readonly string[]) =>
  cluster({ authorities, members: { n1: member('n1', ofN1), n2: member('n2', ofN2) } })
const pairs = {
  'one-name': {
    given: two([commonName('n2')], [commonName('n2')]),
    right: two([commonName('n2')], [commonName('n1')]),
  },
  'three-names': { given: two(every, unknownToN2), right: two(every, every) },
}

function member(node: Node, allowed: readonly string[], cn?: string) {
  return { peer: 'https', options: { ...peerPair(pairOf(node, cn)), ...allowing(allowed) } } as const
}

const literally = {
  verdict: 'fail',
  why: 'Before 3.5.15 the option is one name: the list, commas and all, equals no common name.',
} as const
const oneLiteralName: readonly KnownDeviation[] = [
  { ...literally, builds: '<3.4.0', seen: { log: /CommonName authentication failed/ } },
  { ...literally, builds: '>=3.4.0 <3.5.15', seen: { log: /client certificate authentication failed/ } },
]

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'listed-names-form': {
      says: 'Three nodes that list all three common names with --peer-cert-allowed-cn, with commas, form a cluster.',
      cites: ['bb796ab2', 'd184bf77', '8ab16509'],
      given: allThree,
      when: forms({ to: 'n1' }),
      then: formed(),
      known: oneLiteralName,
    },

    'missing-name-is-refused-one-way': {
      says: 'A node whose list (--peer-cert-allowed-cn) lacks the name of another refuses its connections, and its own are accepted there.',
      cites: ['bb796ab2', 'd184bf77', '65adb769', 'd39e0bd6'],
      ...over({ seen: ['n1-reaches-n2', 'n2-reaches-n1', 'n1-dials-n2', 'n2-dials-n1'] }, ({ seen }) => {
        switch (seen) {
          case 'n1-reaches-n2':
            return {
              given: oneWay,
              when: names('n2', { as: { cn: commonName('n1') } }),
              then: refused({ by: 'n2' }),
              because: { reason: 'common-name' },
              unlike: names('n2', { as: { cn: commonName('n3') } }),
              control: served({ contains: answersNames }),
              without: withoutList(oneWay),
              needs: needsLists,
            }
          case 'n2-reaches-n1':
            return {
              given: listing,
              when: names('n1', { as: { cn: commonName('n2') } }),
              then: served({ contains: answersNames }),
              unlike: names('n1', { as: { cn: rogue } }),
              needs: needsLists,
            }
          case 'n1-dials-n2':
            return {
              given: alone,
              when: dials({ to: 'n1', as: { cn: commonName('n2') } }),
              then: dialled(pairOf('n1')),
              needs: needsLists,
            }
          case 'n2-dials-n1':
            return {
              given: asN1,
              when: joins('n2', allowing(unknownToN2), { to: 'n1' }),
              then: refused({ by: 'n2' }),
              because: { reason: 'dialler-refuses-common-name' },
              unlike: right,
              needs: needsLists,
            }
        }
      }),
    },

    'cluster-cannot-form': {
      says: 'Two nodes of which one does not list the other (--peer-cert-allowed-cn) do not become a cluster.',
      cites: ['537d554a'],
      ...over({ list: kinds }, ({ list }) => ({
        given: pairs[list].given,
        when: forms({ to: 'n2' }),
        then: notFormed({ by: 'n2', from: 'n1' }),
        because: { reason: 'common-name' },
        unlike: pairs[list].right,
        ...needsOf(list),
      })),
    },

    'dialler-checks-the-listener': {
      says: 'A node that dials looks for the name of the node that listens on its own list (--peer-cert-allowed-cn).',
      cites: ['4e718a35'],
      ...over({ list: kinds }, ({ list }) => ({
        given: lists[list].given,
        when: joins('n2', allowing([rogue]), { to: 'n1' }),
        then: refused({ by: 'n2' }),
        because: { reason: 'dialler-refuses-common-name' },
        unlike: right,
        ...needsOf(list),
      })),
    },
  },
})
