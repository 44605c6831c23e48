import { joined, joins, over, refused, scenario, served } from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import {
  accepted,
  asks,
  bothTurnedAway,
  joinsAs,
  letIn,
  printedOtherwise,
  turnedAwayAlready,
  unguarded,
} from './peer-names.worlds.ts'
import {
  back,
  because,
  from,
  peers,
  places,
  printed,
  refusedFrom,
  refuses,
  serves,
} from './peer-wildcard-san.worlds.ts'

/**
 * `isHostInDNS` of client/pkg/transport/listener_tls.go (3.4: pkg/transport): the names of the peer's address first,
 * each compared whole with the certificate's names and by its end with what follows the asterisk; then the addresses
 * of the names without asterisk, in the order of the certificate.
 */
const id = 'security/peer-wildcard-san'
const since = '3.2.5'
const peer = ['member', 'client'] as const

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'reverse-lookup-wildcard': {
      says: 'A peer is accepted when a name of its address matches a wildcard of the certificate.',
      since,
      cites: ['d691add1', '2389a5db', '37894007', '99c798bc', '8b66da99', '622011c6'],
      ...over({ peer }, ({ peer }) => {
        const then = { asked: [back('pod')], neverAsked: ['A example.default.svc'] }
        return peer === 'member'
          ? { given: peers, when: joins('pod'), then: joined(then), before: [letIn(peer), turnedAwayAlready] }
          : serves(from('pod'), served({ ...accepted, ...then }), from('unrelated'))
      }),
    },

    'reverse-lookup-exact': {
      says: 'It is accepted, too, when a name of its address equals a name of the certificate.',
      since,
      cites: ['2389a5db', '37894007', '622011c6'],
      ...over({ peer }, ({ peer }) => {
        const name = 'pod.example.default.svc'
        const then = { asked: [back('pod')], neverAsked: [`A ${name}`] }
        return peer === 'member'
          ? {
              given: peers,
              when: joinsAs('pod', name),
              then: joined(then),
              before: [letIn(peer), turnedAwayAlready],
            }
          : serves(
              asks('pod', name),
              served({ ...accepted, ...then }),
              asks('pod', 'pod2.example.default.svc'),
            )
      }),
    },

    'forward-lookup-of-the-base': {
      says: "When no name of its address matches, the address of what follows the wildcard's asterisk decides.",
      since,
      cites: ['a3c2659a'],
      ...over({ peer }, ({ peer }) => {
        const then = { asked: [back('nameless'), 'A example.default.svc'] }
        const cell =
          peer === 'member'
            ? {
                given: peers,
                when: joins('nameless'),
                then: joined(then),
                before: [letIn(peer), turnedAwayAlready],
              }
            : serves(from('nameless'), served({ ...accepted, ...then }), from('unrelated'))
        return {
          ...cell,
          known: {
            verdict: 'fail',
            // The resolver's last word is about the address: no name was asked for. The control has no such word.
            seen: { log: /does not match any of DNSNames \[.*\(lookup [\d.]+\.in-addr\.arpa\./ },
            why: "No build looks up what follows a wildcard's asterisk: names with one are left out of the forward look-up (isHostInDNS).",
          },
        }
      }),
    },

    'neither-works': {
      says: 'It is refused when neither look-up leads from the certificate to its address.',
      since,
      cites: ['2b8d1306', '152d4191'],
      ...over({ peer }, ({ peer }) => ({
        ...(peer === 'member'
          ? {
              given: peers,
              when: joins('b'),
              then: refused({ by: 'a', asked: [back('unrelated')] }),
              because,
              unlike: joins('pod'),
              without: unguarded(peers),
              before: [letIn(peer), bothTurnedAway],
            }
          : refuses(from('unrelated'), refusedFrom('unrelated'), from('pod'), bothTurnedAway)),
        printed: {
          text: `tls: "${places.unrelated.at}" does not match any of DNSNames ["${printed.join('","')}"]`,
          in: 'log',
        },
        known: printedOtherwise(
          /DNSNames \[\\*"\*\.example\.default\.svc\\*" \\*"\*\.example\.default\.svc\.cluster\.local\\*"\]/,
          'etcd puts a space where the page prints a comma between the names.',
        ),
      })),
    },
  },
})
