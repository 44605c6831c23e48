import {
  authority,
  etcd,
  http,
  over,
  refused,
  scenario,
  served,
  ways,
  type KnownDeviation,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import {
  clientOptionCell,
  inListingWorld,
  noValidity,
  clientOptions,
  clientWorld as world,
  demandsClients,
  pair,
  peerPairAlone,
  listed,
  listedSuites,
  unlisted,
  versionIsServed,
} from './basic-setup.variables.claims.ts'
import { needsList } from './cipher-suites.worlds.ts'
import { answersVersion, askVersion, client, id } from './basic-setup.worlds.ts'

const strict = { ...demandsClients, 'cipher-suites': listedSuites }
const offering = (suite: string) => askVersion({ as: client, version: '1.2', ciphers: [suite] })

/** The page's two variables. Up to 3.3 `--ca-file` named an authority and made etcd demand certificates. */
const literal = {
  ETCD_CA_FILE: etcd({ client: 'https', options: pair, environment: { ETCD_CA_FILE: authority() } }),
  ETCD_PEER_CA_FILE: etcd({
    peer: 'https',
    options: peerPairAlone,
    environment: { ETCD_PEER_CA_FILE: authority() },
  }),
}
const ignored = (name: string): KnownDeviation => ({
  builds: '>=3.4.0',
  verdict: 'fail',
  seen: { status: 200, log: new RegExp(`unrecognized environment variable.*${name}=`) },
  why: `The option behind ${name} was removed in 3.4.0: etcd warns of the variable and serves clients without certificate.`,
})
/** Any certificate will do on the peer port as long as it names no address. */
const member = { cn: 'peer' }

export default scenario(id, {
  heading: headingOf(id),
  core: ['every-option-as-environment-variable'],
  claims: {
    'every-option-as-environment-variable': {
      says: 'Every option of the list has the same effect as a flag, as an environment variable and in the config file.',
      cites: ['33e87778', '358a695b'],
      ...over(
        {
          option: [...clientOptions, 'auto-tls', 'cipher-suites'],
          way: ways,
        },
        ({ option, way }) => {
          switch (option) {
            case 'cert-file':
            case 'key-file':
            case 'client-cert-auth':
            case 'trusted-ca-file':
              return inListingWorld(clientOptionCell(option, way, strict), way)
            case 'auto-tls':
              return {
                given: world(way, { 'auto-tls': true }),
                when: askVersion({ trust: 'anybody' }),
                then: versionIsServed,
                ...(way === 'config-file' ? { known: noValidity } : {}),
              }
            case 'cipher-suites':
              return {
                given: world(way, strict),
                when: offering(unlisted),
                then: refused(),
                because: { reason: 'no-common-cipher' },
                unlike: offering(listed.openssl),
                control: served({ contains: answersVersion, suite: listed.iana }),
                without: world(way, pair),
                needs: needsList,
              }
          }
        },
      ),
    },

    'printed-environment-variables': {
      says: 'ETCD_CA_FILE and ETCD_PEER_CA_FILE, which the page names, set the authority that clients and peers need.',
      cites: ['358a695b'],
      ...over({ variable: ['ETCD-CA-FILE', 'ETCD-PEER-CA-FILE'] }, ({ variable }) => {
        const peers = variable === 'ETCD-PEER-CA-FILE'
        const ask = (as?: typeof client) =>
          http({
            scheme: 'https',
            listener: peers ? 'peer' : 'client',
            path: '/version',
            tls: as ? { as } : {},
          })
        return {
          given: peers ? literal.ETCD_PEER_CA_FILE : literal.ETCD_CA_FILE,
          when: ask(),
          then: refused(),
          because: { reason: 'no-client-certificate' },
          unlike: ask(peers ? member : client),
          known: ignored(peers ? 'ETCD_PEER_CA_FILE' : 'ETCD_CA_FILE'),
        }
      }),
    },
  },
})
