import { joined, joins, over, refused, scenario, served } from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import {
  accepted,
  answers,
  asks,
  candidate,
  joinable,
  joinsAs,
  listening,
  printedOtherwise,
  unguarded,
} from './peer-names.worlds.ts'

/**
 * `isHostInDNS` of client/pkg/transport/listener_tls.go (3.4: pkg/transport): the names of the peer's address first,
 * each compared whole with the certificate's names and by its end with what follows the asterisk; then the addresses
 * of the names without asterisk, in the order of the certificate.
 */
const id = 'security/peer-wildcard-san'

/** The printed request for B's certificate. */
const printed = ['*.example.default.svc', '*.example.default.svc.cluster.local'] as const
const [wildcard] = printed

/** A wildcard that nothing leads to. */
const stranger = '*.far.svc'

/** Addresses, and the names that lead back from them. */
const places = {
  unrelated: {
    at: '10.138.0.2',
    names: ['b.elsewhere.svc', 'pod.notexample.default.svc', 'pod.example.default.svc.elsewhere.svc'],
  },
  pod: { at: '10.138.0.12', names: ['pod.example.default.svc'] },
  deep: { at: '10.138.0.13', names: ['pod.deep.example.default.svc'] },
  bare: { at: '10.138.0.14', names: ['example.default.svc'] },
  capital: { at: '10.138.0.15', names: ['pod.Example.default.svc'] },
  several: {
    at: '10.138.0.16',
    names: ['b.elsewhere.svc', 'other.local', 'pod.example.default.svc.cluster.local'],
  },
  /** Only forward look-ups lead here. */
  nameless: { at: '10.138.0.17', names: [] },
} as const
type Place = keyof typeof places

const zone = {
  forward: { 'example.default.svc': [places.nameless.at], 'plain.local': [places.nameless.at] },
  reverse: Object.fromEntries(Object.values(places).map(({ at, names }) => [at, names])),
}
const peers = joinable(zone, {
  b: candidate(places.unrelated.at, ...printed),
  pod: candidate(places.pod.at, ...printed),
  nameless: candidate(places.nameless.at, ...printed),
})
const listener = listening(zone, places)
const back = (place: Place) => `PTR ${places[place].at}`

/** Requests with the certificate that has B's wildcards, and what comes of them. */
const from = (place: Place) => asks(place, ...printed)
const servedFrom = (place: Place) => served({ ...accepted, asked: [back(place)] })
const refusedFrom = (place: Place, ...asked: string[]) =>
  refused({ by: 'm1', asked: [back(place), ...asked] })
const because = { reason: 'dns-san-mismatch' } as const
const noMatch = /does not match any of DNSNames \[/

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'reverse-lookup-wildcard': {
      says: 'A peer is accepted when a name of its address matches a wildcard of the certificate.',
      since: '3.2.5',
      cites: ['d691add1', '2389a5db', '37894007', '99c798bc', '8b66da99', '622011c6'],
      ...over({ peer: ['member', 'client'] }, ({ peer }) =>
        peer === 'member'
          ? {
              given: peers,
              when: joins('pod'),
              then: joined({ asked: [back('pod')], neverAsked: ['A example.default.svc'] }),
            }
          : {
              given: listener,
              when: from('pod'),
              then: servedFrom('pod'),
              unlike: from('unrelated'),
            },
      ),
    },

    'reverse-lookup-exact': {
      says: 'It is accepted, too, when a name of its address equals a name of the certificate.',
      since: '3.2.5',
      cites: ['2389a5db', '37894007', '622011c6'],
      ...over({ peer: ['member', 'client'] }, ({ peer }) =>
        peer === 'member'
          ? {
              given: peers,
              when: joinsAs('pod', 'pod.example.default.svc'),
              then: joined({ asked: [back('pod')], neverAsked: ['A pod.example.default.svc'] }),
            }
          : {
              given: listener,
              when: asks('pod', 'pod.example.default.svc'),
              then: served({ ...accepted, asked: [back('pod')], neverAsked: ['A pod.example.default.svc'] }),
              unlike: asks('pod', 'pod2.example.default.svc'),
            },
      ),
    },

    'forward-lookup-of-the-base': {
      says: "When no name of its address matches, the address of what follows the wildcard's asterisk decides.",
      since: '3.2.5',
      cites: ['a3c2659a'],
      ...over({ peer: ['member', 'client'] }, ({ peer }) => ({
        known: {
          verdict: 'fail',
          seen: { log: noMatch },
          why: "No build looks up what follows a wildcard's asterisk: names with one are left out of the forward look-up (isHostInDNS).",
        },
        ...(peer === 'member'
          ? {
              given: peers,
              when: joins('nameless'),
              then: joined({ asked: [back('nameless'), 'A example.default.svc'] }),
            }
          : {
              given: listener,
              when: from('nameless'),
              then: served({ ...accepted, asked: [back('nameless'), 'A example.default.svc'] }),
            }),
      })),
    },

    'neither-works': {
      says: 'It is refused when neither look-up leads from the certificate to its address.',
      since: '3.2.5',
      cites: ['2b8d1306', '152d4191'],
      ...over({ peer: ['member', 'client'] }, ({ peer }) => ({
        because,
        printed: {
          text: `tls: "${places.unrelated.at}" does not match any of DNSNames ["${printed.join('","')}"]`,
          in: 'log',
        },
        known: printedOtherwise(
          /DNSNames \[\\+"\*\.example\.default\.svc\\+" \\+"\*\.example\.default\.svc\.cluster\.local\\+"\]/,
          'etcd puts a space where the page prints a comma between the names.',
        ),
        ...(peer === 'member'
          ? {
              given: peers,
              when: joins('b'),
              then: refused({ by: 'a', asked: [back('unrelated')] }),
              unlike: joins('pod'),
              without: unguarded(peers),
            }
          : {
              given: listener,
              when: from('unrelated'),
              then: refusedFrom('unrelated'),
              unlike: from('pod'),
              control: answers,
              without: unguarded(listener),
            }),
      })),
    },

    'nothing-leads-back': {
      says: 'It is refused when its address has no name at all.',
      since: '3.2.5',
      cites: ['152d4191'],
      given: listener,
      when: asks('nameless', stranger),
      then: refusedFrom('nameless'),
      because,
      unlike: asks('nameless', stranger, 'plain.local'),
      control: answers,
      without: unguarded(listener),
    },

    'lookup-order': {
      says: 'The names of the address are looked up first, the names of the certificate only when none matches.',
      since: '3.2.5',
      cites: ['2389a5db', 'a3c2659a', '8b66da99'],
      ...over({ match: ['backwards', 'forwards', 'none'] }, ({ match }) =>
        match === 'none'
          ? {
              given: listener,
              when: asks('unrelated', 'plain.local', stranger),
              then: refusedFrom('unrelated', 'A plain.local'),
              because,
              unlike: asks('nameless', 'plain.local', stranger),
              control: answers,
              without: unguarded(listener),
            }
          : match === 'forwards'
            ? {
                given: listener,
                when: asks('nameless', 'plain.local', stranger),
                then: served({ ...accepted, asked: [back('nameless'), 'A plain.local'] }),
                unlike: asks('unrelated', 'plain.local', stranger),
              }
            : {
                given: listener,
                when: asks('pod', 'plain.local', wildcard),
                then: served({ ...accepted, asked: [back('pod')], neverAsked: ['A plain.local'] }),
                unlike: asks('unrelated', 'plain.local', wildcard),
              },
      ),
    },

    'one-of-several-reverse-names': {
      says: 'One matching name among several of the address is enough.',
      since: '3.2.5',
      cites: ['8b66da99', '37894007'],
      ...over({ name: ['wildcard', 'exact'] }, ({ name }) => ({
        given: listener,
        when: name === 'wildcard' ? from('several') : asks('several', 'other.local'),
        then: servedFrom('several'),
        unlike: name === 'wildcard' ? from('unrelated') : asks('unrelated', 'other.local'),
      })),
    },

    'exact-entry-beside-a-wildcard': {
      says: 'A name without asterisk in the same certificate is looked up when no name of the address matches.',
      since: '3.2.5',
      cites: ['a3c2659a'],
      ...over({ peer: ['member', 'client'] }, ({ peer }) => {
        const then = { asked: [back('nameless'), 'A plain.local'] }
        return peer === 'member'
          ? { given: peers, when: joinsAs('nameless', stranger, 'plain.local'), then: joined(then) }
          : {
              given: listener,
              when: asks('nameless', stranger, 'plain.local'),
              then: served({ ...accepted, ...then }),
              unlike: asks('nameless', stranger, 'pod.elsewhere.svc'),
            }
      }),
    },

    'depth-accepted': {
      says: 'A wildcard covers names with one label before its base, and with more.',
      since: '3.2.5',
      cites: ['622011c6'],
      open: 'The page does not say how deep a wildcard reaches. For servers a wildcard stands for one label (RFC 9525 6.3); etcd compares the end of the name.',
      ...over({ name: ['one-label', 'two-labels'] }, ({ name }) => ({
        given: listener,
        when: from(name === 'one-label' ? 'pod' : 'deep'),
        then: servedFrom(name === 'one-label' ? 'pod' : 'deep'),
        unlike: from('unrelated'),
      })),
    },

    'depth-refused': {
      says: 'A wildcard covers neither its base itself, nor names that only look like it or go on after it.',
      since: '3.2.5',
      cites: ['622011c6'],
      ...over({ name: ['base', 'alike'] }, ({ name }) => {
        const place = name === 'base' ? 'bare' : 'unrelated'
        return {
          given: listener,
          when: asks(place, wildcard),
          then: refusedFrom(place),
          because,
          unlike: asks(place, name === 'base' ? '*.default.svc' : '*.notexample.default.svc'),
          control: answers,
          without: unguarded(listener),
        }
      }),
    },

    'letter-case': {
      says: 'A name of the address in other letters than the wildcard does not match it.',
      since: '3.2.5',
      cites: ['622011c6'],
      open: 'The page does not speak of letter case. To the DNS it is no matter (RFC 4343); etcd compares the letters as they come.',
      given: listener,
      when: asks('capital', wildcard),
      then: refusedFrom('capital'),
      because,
      unlike: asks('capital', '*.Example.default.svc'),
      control: answers,
      without: unguarded(listener),
    },
  },
})
