import {
  cluster,
  formed,
  forms,
  over,
  peerPair,
  scenario,
  served,
  type HttpProbe,
  type MemberSpec,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { alike, asks, b, id, other, taken, tlsOf, ways, type As } from './peer-ip-san.worlds.ts'
import { accepted, bothLetIn, peer } from './peer-names.worlds.ts'

/** Members on ::1, where a network has no IPv6. */
const six = (name: string, port: number, hosts: readonly string[]): MemberSpec => ({
  loopback: { client: port, peer: port + 1 },
  host: '[::1]',
  peer: 'https',
  options: {
    ...peerPair({ cn: name, hosts }),
    'listen-peer-urls': `https://[::1]:${String(port + 1)}`,
    'listen-client-urls': ['127.0.0.1', '[::1]'].map((at) => `http://${at}:${String(port)}`),
  },
})
const overSix = cluster({
  members: { a: six('a', 2379, ['2001:db8::27', '::1']), c: six('c', 22379, ['::1', '2001:db8::27']) },
  clients: { b: { at: '::1' } },
})
const fromSix = (as: As, ...hosts: string[]): HttpProbe => ({
  ...asks(as),
  to: 'a',
  tls: { as: peer(...hosts), version: tlsOf(as), serverName: '::1' },
})

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'one-of-several-addresses': {
      says: 'One of several addresses is enough, of either kind.',
      cites: ['cc6d7920'],
      since: '3.2.0',
      ...over({ address: ['ipv4', 'ipv4-beside-ipv6', 'ipv6'], as: ways }, ({ address, as }) => {
        if (address === 'ipv4') return { ...taken(as, other, '10.138.0.28', b), before: alike }
        if (address === 'ipv4-beside-ipv6') return { ...taken(as, '2001:db8::2', b), before: alike }
        return as === 'member'
          ? { given: overSix, when: forms({ to: 'a' }), then: formed(), before: alike }
          : {
              given: overSix,
              when: fromSix(as, '2001:db8::27', '::1'),
              then: served(accepted),
              unlike: fromSix(as, '2001:db8::27'),
              before: bothLetIn,
              needs: { tls: tlsOf(as) },
            }
      }),
    },
  },
})
