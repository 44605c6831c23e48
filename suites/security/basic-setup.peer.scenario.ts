import {
  authority,
  certificateOf,
  cluster,
  dialled,
  dials,
  formed,
  forms,
  http,
  joined,
  joins,
  keyOf,
  over,
  peerPair,
  refused,
  scenario,
  served,
  type ClientTls,
  type CredentialSpec,
  type MemberSpec,
  type RefusalReason,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { id } from './basic-setup.worlds.ts'

/**
 * The peer listener asks for a certificate where an authority is given or --peer-client-cert-auth is set
 * (ServerConfig, client/pkg/transport/listener.go); Go checks it (processCertsFromClient, crypto/tls). A member that
 * joins asks the others who they are first (GetClusterFromRemotePeers, etcdserver/cluster_util.go) and ends when
 * nobody answers.
 */
const pairOf = (name: string): CredentialSpec => ({
  cn: `${name}.etcd.local`,
  hosts: [`${name}.etcd.local`, `@${name}`],
})
const authorities = { ca: {}, intermediate: { issuedBy: 'ca' }, other: {}, clients: {} }
const member = (name: string) => ({ peer: 'https', options: peerPair(pairOf(name)) }) as const
/** `b` has a pair like the others; `n` listens in clear and has none. */
const guarded = cluster({
  authorities,
  members: {
    a: member('a'),
    c: member('c'),
    b: { role: 'candidate', ...member('b') },
    n: { role: 'candidate', options: { 'peer-trusted-ca-file': authority() } },
  },
})
/** Nothing asks for a certificate: what was refused must be served here. */
const unguarded = cluster({
  authorities,
  members: {
    a: {
      peer: 'https',
      options: { 'peer-cert-file': certificateOf(pairOf('a')), 'peer-key-file': keyOf(pairOf('a')) },
    },
  },
})
/** Peer certificates of two authorities, both trusted; that of the clients is a third one, which counts for them only. */
const eitherOf = (name: string, issuer: string): MemberSpec => ({
  peer: 'https',
  options: {
    ...peerPair({ ...pairOf(name), issuer }, ['ca', 'other']),
    'trusted-ca-file': authority('clients'),
  },
})
const either = cluster({ authorities, members: { a: eitherOf('a', 'ca'), c: eitherOf('c', 'other') } })
const automatic = { peer: 'https', options: { 'peer-auto-tls': true } } as const
const generated = cluster({ members: { a: automatic, c: automatic } })
const inClear = cluster({ members: { a: { options: {} } } })

type Tls = '1.2' | '1.3'
const names = (tls: ClientTls) => http({ to: 'a', listener: 'peer', scheme: 'https', path: '/members', tls })
/** What only a member answers there. */
const answersNames = ['"peerURLs"', '"name"']

interface Presented {
  readonly change?: Partial<CredentialSpec>
  readonly reason: RefusalReason
}
/** Certificates that are good but for one field, and why a member turns each away. */
const presented = {
  none: { reason: 'no-client-certificate' },
  'other-authority': { change: { issuer: 'other' }, reason: 'unknown-authority' },
  'self-signed': { change: { issuer: 'self' }, reason: 'self-signed' },
  expired: { change: { notBefore: '-2d', notAfter: '-1d' }, reason: 'expired' },
  'not-yet-valid': { change: { notBefore: '+1d', notAfter: '+2d' }, reason: 'not-yet-valid' },
} as const satisfies Record<string, Presented>
const kinds = ['none', 'other-authority', 'self-signed', 'expired', 'not-yet-valid'] as const
const anybody = { cn: 'peer' }

const asMember = ({ change, reason }: Presented) =>
  ({
    given: guarded,
    when: change === undefined ? joins('n') : joins('b', peerPair({ ...pairOf('b'), ...change })),
    then: refused({ by: 'a' }),
    because: { reason },
    unlike: change === undefined ? joins('n', peerPair(pairOf('n'))) : joins('b'),
  }) as const
const asClient = ({ change, reason }: Presented, tls: Tls) =>
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

export default scenario(id, {
  heading: headingOf(id),
  core: [
    'peer-certificate-serves-both-ways',
    'peer-client-cert-auth-demands-a-certificate',
    'peer-trusted-ca-file-decides',
  ],
  claims: {
    'peer-certificate-serves-both-ways': {
      says: 'The peer pair is what a member shows when it is dialled, and what it shows when it dials.',
      cites: ['bc0f61ea', '5ecc46c0', '507d6517'],
      ...over({ side: ['listens', 'dials'] }, ({ side }) => ({
        given: guarded,
        ...(side === 'listens'
          ? { when: names({ as: anybody }), then: served({ contains: answersNames, shows: pairOf('a') }) }
          : { when: dials({ to: 'a' }), then: dialled(pairOf('a')) }),
      })),
    },

    'peer-client-cert-auth-demands-a-certificate': {
      says: 'With --peer-client-cert-auth nobody uses the peer port without a valid certificate of the peer authority, and no member joins.',
      cites: ['cc360582', 'ab939a6f', 'fa51c10e'],
      ...over({ as: ['member', 'tls-1.2', 'tls-1.3'], certificate: kinds }, ({ as, certificate }) =>
        as === 'member'
          ? asMember(presented[certificate])
          : asClient(presented[certificate], as === 'tls-1.2' ? '1.2' : '1.3'),
      ),
    },

    'peer-trusted-ca-file-decides': {
      says: 'A member whose certificate leads to an authority of --peer-trusted-ca-file is taken in, through an intermediate, too.',
      cites: ['ef809710'],
      ...over({ authority: ['root', 'intermediate', 'either-of-two'] }, ({ authority: of }) =>
        of === 'either-of-two'
          ? { given: either, when: forms({ to: 'a' }), then: formed() }
          : {
              given: guarded,
              when:
                of === 'root'
                  ? joins('b')
                  : joins('b', peerPair({ ...pairOf('b'), issuer: of, chain: [of] })),
              then: joined(),
            },
      ),
    },

    'peer-auto-tls-encrypts': {
      says: 'With --peer-auto-tls members speak TLS to each other, with certificates that etcd makes itself.',
      cites: ['cc360582', '27ac37d5'],
      ...over({ seen: ['cluster', 'certificate', 'plaintext'] }, ({ seen }) => {
        const made = names({ trust: 'anybody' })
        if (seen === 'cluster') return { given: generated, when: forms({ to: 'a' }), then: formed() }
        if (seen === 'certificate')
          return { given: generated, when: made, then: served({ contains: answersNames }) }
        return {
          given: generated,
          when: http({ to: 'a', listener: 'peer', scheme: 'http', path: '/members' }),
          then: refused({ by: 'a' }),
          because: { reason: 'plaintext-to-automatic-tls' },
          unlike: made,
          control: served({ contains: answersNames }),
          without: inClear,
        }
      }),
    },
  },
})
