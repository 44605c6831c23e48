import { over, refused, scenario, served, started, starts } from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { answersVersion, askVersion, client } from '../security/basic-setup.worlds.ts'
import {
  anybody,
  askPeer,
  clientWorld,
  demandsClients,
  demandsPeers,
  pair,
  peerPairAlone,
  peerWorld,
  versionIsServed,
} from '../security/basic-setup.variables.claims.ts'
import { asPrinted, oneDash } from './examples.worlds.ts'

/** Go's `flag` package takes one dash for two (`parseOne`, flag/flag.go); etcd's own help shows two. */
const id = 'security-v2/flags'

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'single-dash': {
      says: 'Flags with one dash work: each option of the page has its effect.',
      cites: ['33e87778', 'c963e378', 'ef523131'],
      ...over(
        { flags: oneDash, seen: ['start', 'certificate', 'client-demand', 'peer-demand'] },
        ({ flags, seen }) => {
          const clients = asPrinted(clientWorld('flag', demandsClients), flags)
          switch (seen) {
            case 'start':
              return { given: clients, when: starts(), then: started({ logs: ['name = infra0'] }) }
            case 'certificate':
              return {
                given: asPrinted(clientWorld('flag', pair), flags),
                when: askVersion({}),
                then: served({ contains: answersVersion, verified: true }),
              }
            case 'client-demand':
              return {
                given: clients,
                when: askVersion({}),
                then: refused(),
                because: { reason: 'no-client-certificate' },
                unlike: askVersion({ as: client }),
                control: versionIsServed,
                without: asPrinted(clientWorld('flag', pair), flags),
              }
            case 'peer-demand':
              return {
                given: asPrinted(peerWorld('flag', demandsPeers), flags),
                when: askPeer({}),
                then: refused(),
                because: { reason: 'no-client-certificate' },
                unlike: askPeer({ as: anybody }),
                control: versionIsServed,
                without: asPrinted(peerWorld('flag', peerPairAlone), flags),
              }
          }
        },
      ),
    },
  },
})
