import { joined, over, scenario, served } from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import {
  accepted,
  asks,
  bothTurnedAway,
  inByForward,
  joinsAs,
  letIn,
  outByForward,
} from './peer-names.worlds.ts'
import {
  back,
  from,
  peers,
  refusedFrom,
  refuses,
  servedFrom,
  serves,
  stranger,
  wildcard,
} from './peer-wildcard-san.worlds.ts'

/**
 * `isHostInDNS` of client/pkg/transport/listener_tls.go (3.4: pkg/transport): the names of the peer's address first,
 * each compared whole with the certificate's names and by its end with what follows the asterisk; then the addresses
 * of the names without asterisk, in the order of the certificate.
 */
const id = 'security/peer-wildcard-san'
const since = '3.2.5'
const peer = ['member', 'client'] as const
/** Covers a name of the unrelated address. */
const covering = '*.elsewhere.svc'

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'nothing-leads-back': {
      says: 'It is refused when its address has no name at all.',
      since,
      cites: ['152d4191'],
      ...refuses(
        asks('nameless', stranger),
        refusedFrom('nameless'),
        asks('nameless', stranger, 'plain.local'),
        outByForward,
      ),
    },

    'lookup-order': {
      says: 'The names of the address are looked up first, the names of the certificate only when none matches.',
      since,
      cites: ['2389a5db', 'a3c2659a', '8b66da99'],
      ...over({ match: ['backwards', 'forwards', 'none'] }, ({ match }) => {
        if (match === 'none')
          return refuses(
            asks('unrelated', 'plain.local', stranger),
            refusedFrom('unrelated', 'A plain.local'),
            asks('nameless', 'plain.local', stranger),
            outByForward,
          )
        return match === 'forwards'
          ? serves(
              asks('nameless', 'plain.local', stranger),
              served({ ...accepted, asked: [back('nameless'), 'A plain.local'] }),
              asks('unrelated', 'plain.local', stranger),
              inByForward('client'),
            )
          : serves(
              asks('pod', 'plain.local', wildcard),
              served({ ...accepted, asked: [back('pod')], neverAsked: ['A plain.local'] }),
              asks('unrelated', 'plain.local', wildcard),
            )
      }),
    },

    'one-of-several-reverse-names': {
      says: 'One matching name among several of the address is enough.',
      since,
      cites: ['8b66da99', '37894007'],
      ...over({ name: ['wildcard', 'exact'] }, ({ name }) =>
        name === 'wildcard'
          ? serves(from('several'), servedFrom('several'), from('unrelated'))
          : serves(asks('several', 'other.local'), servedFrom('several'), asks('unrelated', 'other.local')),
      ),
    },

    'exact-entry-beside-a-wildcard': {
      says: 'A name without asterisk in the same certificate is looked up when no name of the address matches.',
      since,
      cites: ['a3c2659a'],
      ...over({ peer }, ({ peer }) => {
        const then = { asked: [back('nameless'), 'A plain.local'] }
        const beside = (name: string) => asks('nameless', stranger, name)
        return peer === 'member'
          ? {
              given: peers,
              when: joinsAs('nameless', stranger, 'plain.local'),
              then: joined(then),
              before: [letIn(peer), inByForward(peer)],
            }
          : serves(
              beside('plain.local'),
              served({ ...accepted, ...then }),
              beside('pod.elsewhere.svc'),
              inByForward(peer),
            )
      }),
    },

    depth: {
      says: 'A wildcard covers names that end with its base: with one label before it or more, not the base itself, in the same letters.',
      since,
      cites: ['622011c6'],
      open: 'The page does not say how deep a wildcard reaches, nor speaks of letter case. For servers a wildcard stands for one label (RFC 9525 6.3) and case is no matter (RFC 4343); etcd compares the end of the name as it comes.',
      ...over({ name: ['one-label', 'two-labels', 'base', 'alike', 'other-case'] }, ({ name }) => {
        switch (name) {
          case 'one-label':
            return serves(from('pod'), servedFrom('pod'), from('unrelated'))
          case 'two-labels':
            return serves(from('deep'), servedFrom('deep'), from('unrelated'))
          case 'base':
            return refuses(
              asks('bare', wildcard),
              refusedFrom('bare'),
              asks('bare', '*.default.svc'),
              bothTurnedAway,
            )
          case 'alike':
            return refuses(
              asks('unrelated', wildcard),
              refusedFrom('unrelated'),
              asks('unrelated', covering),
              bothTurnedAway,
            )
          case 'other-case':
            return refuses(
              asks('capital', wildcard),
              refusedFrom('capital'),
              asks('capital', '*.Example.default.svc'),
              bothTurnedAway,
            )
        }
      }),
    },
  },
})
