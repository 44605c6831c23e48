import {
  dialled,
  dials,
  joined,
  joins,
  over,
  peerPair,
  refused,
  scenario,
  served,
  type CredentialSpec,
  type RefusalReason,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { kinds, presented } from '../security/basic-setup.client-certificates.claims.ts'
import { id, type tlsVersions } from './basic-setup.worlds.ts'
import { answersNames, anybody, guarded, names, pairOf, unguarded } from './peers.worlds.ts'

/**
 * The peer listener asks for a certificate with --peer-client-cert-auth (`ServerConfig`, pkg/transport/listener.go). A
 * member that joins asks the others who they are first (`GetClusterFromRemotePeers`, etcdserver/cluster_util.go), and
 * ends when nobody answers.
 */
interface Presented {
  readonly change?: Partial<CredentialSpec>
  readonly reason: RefusalReason
}
const asMember = ({ change, reason }: Presented) =>
  ({
    given: guarded,
    when: change === undefined ? joins('n') : joins('b', peerPair({ ...pairOf('b'), ...change })),
    then: refused({ by: 'a' }),
    because: { reason },
    unlike: change === undefined ? joins('n', peerPair(pairOf('n'))) : joins('b'),
    without: unguarded,
  }) as const
const asClient = ({ change, reason }: Presented, tls: (typeof tlsVersions)[number]) =>
  ({
    given: guarded,
    when: names({ version: tls, ...(change && { as: { ...anybody, ...change } }) }),
    then: refused({ by: 'a' }),
    because: { reason },
    unlike: names({ version: tls, as: anybody }),
    control: served({ contains: answersNames, tls }),
    without: unguarded,
    needs: { tls },
  }) as const
const ways = { 'tls-1.0': '1.0', 'tls-1.1': '1.1', 'tls-1.2': '1.2' } as const

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'peer-certificate-serves-both-ways': {
      says: 'The peer pair is what a member shows when it is dialled, and what it shows when it dials.',
      cites: ['8a9a2a69', 'bc0f61ea', '5ecc46c0', '507d6517'],
      ...over({ side: ['listens', 'dials'] }, ({ side }) => ({
        given: guarded,
        ...(side === 'listens'
          ? { when: names({ as: anybody }), then: served({ contains: answersNames, shows: pairOf('a') }) }
          : { when: dials({ to: 'a' }), then: dialled(pairOf('a')) }),
      })),
    },

    'peer-client-cert-auth-demands-a-certificate': {
      says: 'With --peer-client-cert-auth nobody uses the peer port without a valid certificate of the peer authority, and no member joins.',
      cites: ['ab939a6f', 'fa51c10e'],
      ...over(
        { as: ['member', 'tls-1.0', 'tls-1.1', 'tls-1.2'], certificate: kinds },
        ({ as, certificate }) =>
          as === 'member' ? asMember(presented[certificate]) : asClient(presented[certificate], ways[as]),
      ),
    },

    'peer-trusted-ca-file-decides': {
      says: 'A member whose certificate leads to an authority of --peer-trusted-ca-file is taken in, through an intermediate, too.',
      cites: ['ef809710'],
      ...over({ authority: ['root', 'intermediate'] }, ({ authority: of }) => ({
        given: guarded,
        when: of === 'root' ? joins('s') : joins('s', peerPair({ ...pairOf('s'), issuer: of, chain: [of] })),
        then: joined(),
      })),
    },
  },
})
