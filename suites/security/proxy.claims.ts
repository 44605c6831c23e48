import {
  http,
  over,
  refused,
  served,
  started,
  starts,
  type Claim,
  type KnownDeviation,
  type WorldSpec,
} from 'etcd-tls/scenario'
import {
  demandingOfClients,
  demandingOfPeers,
  front,
  openToClients,
  openToPeers,
  reasons,
  withPair,
  write,
  writeOverTls,
  written,
} from './proxy.worlds.ts'

/**
 * What both pages promise of v2 proxies, in the same sentences.
 * @param on a world as the line of the page can have it
 * @param pairOfClients where a proxy with a pair for its own clients shows that one
 */
export const claimsOfProxies = (
  on: (world: WorldSpec) => WorldSpec,
  pairOfClients?: readonly KnownDeviation[],
) =>
  ({
    'terminates-client-tls': {
      says: "The proxy ends its client's TLS: it shows its own certificate, and the member is asked in clear.",
      cites: ['03df0ae7'],
      given: on(demandingOfPeers),
      when: writeOverTls,
      then: served({ ...written, verified: true, shows: front }),
    },

    'plain-client-is-forwarded': {
      says: 'A client that speaks in clear is forwarded as well, to a member that speaks TLS only.',
      cites: ['03df0ae7'],
      given: on(demandingOfClients),
      when: write('valid'),
      then: written,
      unlike: write('m1', { scheme: 'https' }),
    },

    'uses-the-peer-pair-towards-members': {
      says: 'Towards members the proxy shows the pair of its peer options.',
      cites: ['03df0ae7'],
      ...over({ listener: ['plain', 'tls'] }, ({ listener }) => ({
        given: on(demandingOfClients),
        when: listener === 'plain' ? write('valid') : writeOverTls,
        then: written,
        ...(listener === 'plain' ? { unlike: write('foreign') } : pairOfClients && { known: pairOfClients }),
      })),
    },

    'forwards-to-advertised-client-urls': {
      says: 'Requests go to the client URLs that members advertise.',
      cites: ['7192fa16', 'aeb8fd42'],
      given: on(demandingOfClients),
      when: http({ to: 'valid', scheme: 'http', path: '/v2/config/local/proxy' }),
      then: served({ contains: ['"endpoints":["https://m1.etcd.local:2379"]'] }),
    },

    'syncs-through-advertised-peer-urls': {
      says: 'The proxy learns the cluster from the peer URLs that members advertise: told an address only, it finds the name.',
      cites: ['7192fa16', 'aeb8fd42'],
      given: on(demandingOfPeers),
      when: starts('valid'),
      then: started({ logs: ['https://m1.etcd.local:2380'] }),
    },

    'peer-certificate-must-pass-client-auth': {
      says: "A proxy whose peer pair does not pass a member's client authentication is turned away.",
      cites: ['0895ac95'],
      ...over({ pair: ['other-authority', 'server-auth-only'] }, ({ pair }) => ({
        given: on(demandingOfClients),
        when: write(withPair[pair]),
        then: refused({ by: 'm1' }),
        because: { reason: reasons[pair], proxyAt: 'client' },
        unlike: write('valid'),
        control: written,
        without: on(openToClients),
      })),
    },

    'peer-certificate-must-pass-peer-auth': {
      says: "A proxy whose peer pair does not pass the members' peer authentication does not learn the cluster.",
      cites: ['49040535'],
      given: on(demandingOfPeers),
      when: write('foreign'),
      then: refused({ by: 'm1' }),
      because: { reason: 'unknown-authority', proxyAt: 'peer' },
      unlike: write('valid'),
      control: written,
      without: on(openToPeers),
    },
  }) as const satisfies Record<string, Claim>
