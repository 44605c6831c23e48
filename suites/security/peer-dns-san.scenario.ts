import { joined, joins, over, refused, scenario, served } from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import {
  accepted,
  answers,
  asks,
  bothLetIn,
  candidate,
  joinable,
  joinsAs,
  letIn,
  listening,
  nobodyChecked,
  printedOtherwise,
  unguarded,
} from './peer-names.worlds.ts'

/**
 * A peer whose certificate has names and no addresses: `isHostInDNS` of client/pkg/transport/listener_tls.go (3.4:
 * pkg/transport) looks the peer's address up, then each name, in the order of the certificate, until one has the
 * address. Each look-up asks for A and AAAA. 3.2.0 to 3.2.4 look the names up only (`checkCert`).
 */
const id = 'security/peer-dns-san'

/** b.com is not where B is; what has B's address is called otherwise. Nothing leads back from B's address. */
const zone = {
  forward: {
    'b.com': ['10.138.0.27'],
    'right.com': ['10.138.0.2'],
    'several.com': ['10.138.0.27', '10.138.0.2'],
    'far.com': ['10.138.0.30', '10.138.0.31'],
    'six.com': ['2001:db8::2'],
    'failing.com': ['10.138.0.2'],
    'lost.com': ['10.138.0.2'],
  },
  faults: { 'failing.com': 'servfail', 'lost.com': 'dropped' },
} as const
const peers = joinable(zone, {
  b: { ...candidate('10.138.0.2', 'b.com'), host: 'b.com' },
  elsewhere: { ...candidate('10.138.0.27', 'b.com'), host: 'b.com' },
})
const listener = listening(zone, { b: { at: '10.138.0.2' } })
const from = (...hosts: string[]) => asks('b', ...hosts)

/** Why a name gives no address, and the name. */
const unresolved = {
  nxdomain: 'nowhere.com',
  'no-ipv4': 'six.com',
  servfail: 'failing.com',
  silence: 'lost.com',
}

const severalNames = {
  'first-name': { hosts: ['right.com', 'b.com'], asked: ['A right.com'] },
  'middle-name': { hosts: ['b.com', 'right.com', 'far.com'], asked: ['A b.com', 'A right.com'] },
  'last-name': { hosts: ['b.com', 'far.com', 'right.com'], asked: ['A b.com', 'A far.com', 'A right.com'] },
  'second-address': { hosts: ['several.com'], asked: ['A several.com'] },
  'beside-unresolved': { hosts: ['nowhere.com', 'right.com'], asked: ['A nowhere.com', 'A right.com'] },
} as const

export default scenario(id, {
  heading: headingOf(id),
  core: ['forward-lookup-matches', 'forward-lookup-differs', 'name-does-not-resolve'],
  claims: {
    'forward-lookup-matches': {
      says: "A peer certificate with names only is accepted when a look-up of a name gives the peer's address.",
      since: '3.2.0',
      cites: ['2896e997', '4de69a85', '3d2c3064', '08e949a8'],
      ...over({ peer: ['member', 'client'] }, ({ peer }) =>
        peer === 'member'
          ? {
              given: peers,
              when: joins('elsewhere'),
              then: joined({ asked: ['A b.com'] }),
              before: nobodyChecked('forward-lookup-differs'),
            }
          : {
              given: listener,
              when: from('right.com'),
              then: served({ ...accepted, asked: ['A right.com'] }),
              unlike: from('b.com'),
              before: bothLetIn,
            },
      ),
    },

    'forward-lookup-differs': {
      says: "It is refused when the name's addresses are others than the peer's.",
      since: '3.2.0',
      cites: ['4de69a85', '2b8d1306', '3d2c3064', 'fd9f8a5a'],
      ...over({ peer: ['member', 'client'] }, ({ peer }) => ({
        because: { reason: 'dns-san-mismatch' },
        before: letIn(peer),
        printed: { text: 'tls: 10.138.0.2 does not match any of DNSNames ["b.com"]', in: 'log' },
        known: printedOtherwise(
          /tls: \\*"[\d.]+\\*" does not match any of DNSNames \[\\*"b\.com\\*"\]/,
          "etcd puts the peer's address in quotation marks; the resolver's error follows where there is one.",
        ),
        ...(peer === 'member'
          ? {
              given: peers,
              when: joins('b'),
              then: refused({ by: 'a', asked: ['A b.com'] }),
              unlike: joins('elsewhere'),
              without: unguarded(peers),
            }
          : {
              given: listener,
              when: from('b.com'),
              then: refused({ by: 'm1', asked: ['A b.com'] }),
              unlike: from('right.com'),
              control: answers,
              without: unguarded(listener),
            }),
      })),
    },

    'name-does-not-resolve': {
      says: 'It is refused when its name has no IPv4 address, whatever the reason; the peer comes from one.',
      since: '3.2.0',
      cites: ['4de69a85'],
      ...over({ answer: ['nxdomain', 'no-ipv4', 'servfail', 'silence'] }, ({ answer }) => ({
        given: listener,
        when: from(unresolved[answer]),
        then: refused({ by: 'm1', asked: [`A ${unresolved[answer]}`] }),
        because: { reason: 'dns-san-mismatch' },
        unlike: from('right.com'),
        control: answers,
        without: unguarded(listener),
        before: letIn('client'),
      })),
    },

    'unknown-name-does-not-join': {
      says: 'A member whose only name does not exist does not join.',
      since: '3.2.0',
      cites: ['4de69a85'],
      given: peers,
      when: joinsAs('b', 'nowhere.com'),
      then: refused({ by: 'a', asked: ['A nowhere.com'] }),
      because: { reason: 'dns-san-mismatch' },
      unlike: joinsAs('b', 'right.com'),
      without: unguarded(peers),
      before: letIn('member'),
    },

    'any-of-several-names': {
      says: 'One name with the right address among several is enough, and one right address of a name.',
      since: '3.2.0',
      cites: ['4de69a85'],
      ...over(
        { right: ['first-name', 'middle-name', 'last-name', 'second-address', 'beside-unresolved'] },
        ({ right }) => ({
          given: listener,
          when: from(...severalNames[right].hosts),
          then: served({ ...accepted, asked: severalNames[right].asked }),
          unlike: from('b.com', 'far.com', 'nowhere.com'),
          before: bothLetIn,
        }),
      ),
    },

    'several-names-join': {
      says: 'A member with one right name among several joins.',
      since: '3.2.0',
      cites: ['4de69a85'],
      given: peers,
      when: joinsAs('b', 'b.com', 'nowhere.com', 'several.com'),
      then: joined({ asked: ['A b.com', 'A nowhere.com', 'A several.com'] }),
      before: { ...letIn('member'), how: 'it joins without a look-up of its names' },
    },

    'none-of-several-names': {
      says: 'It is refused when none of several names has the right address.',
      since: '3.2.0',
      cites: ['4de69a85'],
      given: listener,
      when: from('b.com', 'far.com', 'nowhere.com'),
      then: refused({ by: 'm1', asked: ['A b.com', 'A far.com', 'A nowhere.com'] }),
      because: { reason: 'dns-san-mismatch' },
      unlike: from('b.com', 'far.com', 'right.com'),
      control: answers,
      without: unguarded(listener),
      before: letIn('client'),
    },
  },
})
