import {
  changed,
  cluster,
  formed,
  forms,
  joins,
  over,
  peerPair,
  refused,
  scenario,
  type MemberSpec,
  type OptionValues,
  type WorldSpec,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { two } from '../security/cluster.worlds.ts'

const id = 'security-v2/faq'

/** Milliseconds, as the page has them; without any, etcd's own 100 and 1000. */
const slow: OptionValues = { 'heartbeat-interval': 500, 'election-timeout': 2500 }
/** The base options without a word on timers. */
const own: WorldSpec = {
  ...two('flag'),
  members: Object.fromEntries(
    Object.entries(two('flag').members).map(([name, member]) => [
      name,
      {
        ...member,
        options: { ...member.options, 'heartbeat-interval': undefined, 'election-timeout': undefined },
      },
    ]),
  ),
}
const saying = (heartbeat: number, election: number) => {
  const lines = [`heartbeat = ${String(heartbeat)}ms`, `election = ${String(election)}ms`]
  return formed({ logs: { infra1: lines, infra2: lines } })
}

/**
 * Two members that go by name, with certificates for that name and for 127.0.0.1. Who is told their addresses dials an
 * address that the certificate does not have (`verifyServerCertificate`, crypto/tls/handshake_client.go); no etcd 2
 * holds the address of who dials against its certificate.
 */
const addresses = { a: '10.138.0.4', c: '10.138.0.5' } as const
const named = (name: keyof typeof addresses, more: readonly string[] = []): MemberSpec => ({
  at: addresses[name],
  host: `${name}.etcd.local`,
  peer: 'https',
  options: peerPair({ cn: name, hosts: [`${name}.etcd.local`, '127.0.0.1', ...more] }),
})
const b: MemberSpec = { role: 'candidate', at: '10.138.0.2', options: peerPair({ cn: 'b', hosts: ['@b'] }) }
const hosts = { 'a.etcd.local': '@a', 'c.etcd.local': '@c' }
const byName = cluster({ hosts, members: { a: named('a'), c: named('c'), b } })
/** The members ask nobody for a certificate, and trust the CA where they dial. */
const unguarded = changed(
  changed(byName, { 'peer-client-cert-auth': undefined }, 'a'),
  { 'peer-client-cert-auth': undefined },
  'c',
)
const byAddress = { 'initial-cluster': 'a=https://@a:2380,c=https://@c:2380,b=http://@b:2380' }

/** The same certificates with the members' addresses added; they go by these. */
const { a, c } = { a: named('a', ['@a']), c: named('c', ['@c']) }
const { host: _a, ...addressedA } = a
const { host: _c, ...addressedC } = c
const addressAdded = cluster({ members: { a: addressedA, c: addressedC } })

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'slow-timers-form-with-tls': {
      says: 'With a heartbeat of 500 ms and an election timeout of 2500 ms members with TLS become a cluster.',
      cites: ['950b62eb'],
      given: changed(two('flag'), slow),
      when: forms({ to: 'infra1' }),
      then: saying(500, 2500),
    },

    'default-timers-form-with-tls': {
      says: 'From 2.1 on members with TLS become a cluster with the default timers.',
      cites: ['16361665'],
      since: '2.1.0',
      given: own,
      when: forms({ to: 'infra1' }),
      then: saying(100, 1000),
    },

    'peer-usages': {
      says: 'A peer certificate must be good for clients too: members show it when they dial.',
      cites: ['4700b595', '1e5147f5'],
      given: byName,
      when: joins('b', peerPair({ cn: 'b', hosts: ['@b'], usages: ['serverAuth'] })),
      then: refused({ by: 'a' }),
      because: { reason: 'wrong-usage' },
      unlike: joins('b'),
      without: unguarded,
    },

    'certificate-must-name-the-address': {
      says: 'A peer certificate for 127.0.0.1 is refused by who dials another address, and accepted with the address added.',
      cites: ['3b1dcee9', '72dda27f'],
      ...over({ certificate: ['without-address', 'with-address'] }, ({ certificate }) =>
        certificate === 'with-address'
          ? { given: addressAdded, when: forms({ to: 'a' }), then: formed() }
          : {
              given: byName,
              when: joins('b', byAddress),
              then: refused({ by: 'b' }),
              because: { reason: 'dialler-refuses-name' },
              unlike: joins('b'),
              // The question prints $MY_IP in the place of the member's address.
              printed: { text: 'certificate is valid for 127.0.0.1, not 10.138.0.4', in: 'said' },
            },
      ),
    },
  },
})
