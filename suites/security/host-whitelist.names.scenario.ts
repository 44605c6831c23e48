import {
  changed,
  etcd,
  grpc,
  http,
  over,
  refused,
  scenario,
  served,
  started,
  starts,
  ways,
  type KnownDeviation,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'

/** What may stand on the list, and what an absent or empty one means. */
const id = 'security/host-whitelist'
const name = 'm1.etcd.local'
const foreign = 'attacker.example'
const listOf = (...names: string[]) => etcd({ options: { 'host-whitelist': names.join(',') } })
const alone = listOf(name)
const noList = changed(alone, { 'host-whitelist': undefined })

const ask = (host: string) => http({ scheme: 'http', path: '/version', host })
const version = served({ contains: ['"etcdserver":"<version>"'] })
/** Names that a careless comparison takes for the listed one. */
const alike = {
  below: `other.${name}`,
  'same-end': `other-${name}`,
  'same-beginning': `${name}.${foreign}`,
  domain: 'etcd.local',
} as const
const notListed = { reason: 'host-not-whitelisted' } as const
const loopback = { localhost: 'localhost:2379', ipv4: '127.0.0.1:2379', ipv6: '[::1]:2379' } as const

/** An empty flag is a list of one empty name: `UniqueStringsValue.Set` (pkg/flags) splits '' into ['']. */
const emptyFlagRefusesAll: KnownDeviation = {
  builds: '>=3.4.0',
  verdict: 'fail',
  seen: { status: 421, body: /the Host header was unrecognized/ },
  why: 'etcd takes --host-whitelist= for a list of one empty name, so every Host is refused; its own help says that empty means all.',
}

const cameWith34: KnownDeviation = {
  builds: '<3.4.0',
  verdict: 'fail',
  seen: { started: false, log: /flag provided but not defined: -host-whitelist/ },
  why: 'The page prints --host-whitelist in its v3.3 edition, but the option came with 3.4.0.',
}

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'empty-allows-all': {
      says: 'With no list, or an empty one, every Host is answered.',
      cites: ['e9ca411d'],
      ...over({ list: ['not-set', 'empty-flag', 'empty-variable', 'empty-config-file'] }, ({ list }) => {
        const way = ways.find((each) => list === `empty-${each}`)
        return {
          given: way === undefined ? noList : etcd({ options: { 'host-whitelist': '' }, way }),
          when: ask(foreign),
          then: version,
          ...(list === 'empty-flag' ? { known: [emptyFlagRefusesAll, cameWith34] } : {}),
        }
      }),
    },

    'loopback-is-not-implied': {
      says: 'A list without the loopback names and addresses refuses them too.',
      cites: ['d09f61a3'],
      ...over({ host: ['localhost', 'ipv4', 'ipv6'] }, ({ host }) => ({
        given: alone,
        when: ask(loopback[host]),
        then: refused(),
        because: notListed,
        unlike: ask(name),
        control: version,
        without: noList,
        known: cameWith34,
      })),
    },

    'loopback-can-be-added': {
      says: 'Loopback names and addresses are answered once they stand on the list.',
      cites: ['effe7239'],
      ...over({ host: ['localhost', 'ipv4', 'ipv6'] }, ({ host }) => ({
        given: listOf(name, 'localhost', '127.0.0.1', '::1'),
        when: ask(loopback[host]),
        then: version,
        unlike: ask(foreign),
        known: cameWith34,
      })),
    },

    'ipv6-address-on-the-list': {
      says: 'An IPv6 address is listed bare for requests with a port in Host, and in brackets for those without.',
      open: 'The page does not say how an IPv6 address is written. GetHostname takes brackets off only with a port.',
      ...over({ listed: ['bare', 'in-brackets'] }, ({ listed }) => ({
        given: listOf(name, listed === 'bare' ? '::1' : '[::1]'),
        when: ask(listed === 'bare' ? '[::1]:2379' : '[::1]'),
        then: version,
        unlike: ask(listed === 'bare' ? '[::1]' : '[::1]:2379'),
        known: cameWith34,
      })),
    },

    'several-names': {
      says: 'Each name of a list of several is answered, and no other.',
      cites: ['f6cddb5e', '879a735f'],
      ...over({ host: ['m1.etcd.local', 'etcd.example', '10.138.0.27'] }, ({ host }) => ({
        given: listOf(name, 'etcd.example', '10.138.0.27'),
        when: ask(host),
        then: version,
        unlike: ask(foreign),
        known: cameWith34,
      })),
    },

    'name-like-a-listed-one-is-refused': {
      says: 'Only the names of the list are answered: none below them, none that ends or begins like them, not their domain.',
      cites: ['879a735f'],
      ...over({ host: ['below', 'same-end', 'same-beginning', 'domain'] }, ({ host }) => ({
        given: alone,
        when: ask(alike[host]),
        then: refused(),
        because: notListed,
        unlike: ask(name),
        control: version,
        without: noList,
        known: cameWith34,
      })),
    },

    'letter-case-counts': {
      says: 'A listed name in other letters is not the listed name.',
      open: 'The page does not say whether letter case matters; host names do not distinguish it, the list does.',
      given: alone,
      when: ask('M1.etcd.local'),
      then: refused(),
      because: notListed,
      unlike: ask(name),
      control: version,
      without: noList,
      known: cameWith34,
    },

    'grpc-authority-is-not-asked': {
      says: 'A gRPC call in clear is answered whatever its authority is; only HTTP requests are held to the list.',
      open: 'The page speaks of HTTP requests, and a gRPC call is one. etcd hands it to gRPC before the list is asked.',
      given: alone,
      when: grpc({ scheme: 'http', call: 'status', authority: foreign }),
      then: served({ contains: ['"version":"<version>"'] }),
      unlike: ask(foreign),
      known: cameWith34,
    },

    'available-from': {
      says: 'The option is there.',
      cites: ['f6cddb5e'],
      since: '3.3.0',
      before: {
        how: 'the option is not known',
        seen: { exit: 2, log: /^flag provided but not defined: -host-whitelist$/ },
      },
      given: alone,
      when: starts(),
      then: started(),
      known: cameWith34,
    },
  },
})
