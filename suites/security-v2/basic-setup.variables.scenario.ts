import { authority, etcd, http, over, refused, scenario, type CredentialSpec } from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import {
  anybody,
  clientOptionCell,
  clientOptions,
  pair,
  peerOptionCell,
  peerOptions,
  peerPairAlone,
  versionIsServed,
} from '../security/basic-setup.variables.claims.ts'
import { client } from '../security/basic-setup.worlds.ts'
import { id } from './basic-setup.worlds.ts'

const says = 'Every option of the list has the same effect as a flag and as an environment variable.'
const cites = ['33e87778', '358a695b']
/** The config file came with etcd 3. */
const ways = ['flag', 'variable'] as const

/**
 * `--ca-file` and `--peer-ca-file`, deprecated on this line: each names an authority, and asks for a certificate of it
 * by itself (`ServerConfig`, pkg/transport/listener.go).
 */
const authorities = { ca: {}, other: {} }
const named = {
  client: {
    without: etcd({ client: 'https', authorities, options: pair }),
    guarded: etcd({
      client: 'https',
      authorities,
      options: pair,
      environment: { ETCD_CA_FILE: authority() },
    }),
    good: client,
  },
  peer: {
    without: etcd({ peer: 'https', authorities, options: peerPairAlone }),
    guarded: etcd({
      peer: 'https',
      authorities,
      options: peerPairAlone,
      environment: { ETCD_PEER_CA_FILE: authority() },
    }),
    good: anybody,
  },
} as const
const variables = { 'ETCD-CA-FILE': 'client', 'ETCD-PEER-CA-FILE': 'peer' } as const
const shown = {
  none: { reason: 'no-client-certificate' },
  'other-authority': { issuer: 'other', reason: 'unknown-authority' },
} as const

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'every-option-as-environment-variable': {
      says,
      cites,
      ...over({ option: [...clientOptions, ...peerOptions], way: ways }, ({ option, way }) =>
        isForPeers(option) ? peerOptionCell(option, way) : clientOptionCell(option, way),
      ),
    },

    'ca-file-variables': {
      says: 'ETCD_CA_FILE and ETCD_PEER_CA_FILE, which the page names, set the authority that clients and peers need.',
      cites: ['358a695b'],
      ...over(
        { variable: ['ETCD-CA-FILE', 'ETCD-PEER-CA-FILE'], certificate: ['none', 'other-authority'] },
        ({ variable, certificate }) => {
          const listener = variables[variable]
          const { good, without, guarded: given } = named[listener]
          const ask = (as?: CredentialSpec) =>
            http({ listener, scheme: 'https', path: '/version', tls: as ? { as } : {} })
          const { reason } = shown[certificate]
          return {
            given,
            when: ask(certificate === 'none' ? undefined : { ...good, issuer: 'other' }),
            then: refused(),
            because: { reason },
            unlike: ask(good),
            control: versionIsServed,
            without,
          }
        },
      ),
    },
  },
})

function isForPeers(
  option: (typeof clientOptions | typeof peerOptions)[number],
): option is (typeof peerOptions)[number] {
  return option.startsWith('peer-')
}
