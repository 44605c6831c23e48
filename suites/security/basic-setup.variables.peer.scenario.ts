import { over, refused, scenario, served, ways } from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import {
  anybody,
  askPeer as ask,
  demandsPeers,
  peerOptionCell,
  inListingWorld,
  noValidity,
  peerOptions,
  peerPairAlone as pair,
  peerWorld as world,
  listed,
  listedSuites,
  unlisted,
  versionIsServed,
} from './basic-setup.variables.claims.ts'
import { needsList } from './cipher-suites.worlds.ts'
import { answersVersion, id } from './basic-setup.worlds.ts'

const strict = { ...demandsPeers, 'cipher-suites': listedSuites }
const offering = (suite: string) => ask({ as: anybody, version: '1.2', ciphers: [suite] })

export default scenario(id, {
  heading: headingOf(id),
  core: ['every-option-as-environment-variable'],
  claims: {
    'every-option-as-environment-variable': {
      says: 'Every option of the list has the same effect as a flag, as an environment variable and in the config file.',
      cites: ['33e87778', '358a695b'],
      ...over(
        {
          listener: ['peer'],
          option: [...peerOptions, 'peer-auto-tls', 'cipher-suites'],
          way: ways,
        },
        ({ option, way }) => {
          switch (option) {
            case 'peer-cert-file':
            case 'peer-key-file':
            case 'peer-client-cert-auth':
            case 'peer-trusted-ca-file':
              return inListingWorld(peerOptionCell(option, way, strict), way)
            case 'peer-auto-tls':
              return {
                given: world(way, { 'peer-auto-tls': true }),
                when: ask({ trust: 'anybody' }),
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
  },
})
