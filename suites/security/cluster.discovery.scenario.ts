import { cluster, formed, forms, peerPair, scenario, type MemberSpec } from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { discoveryUrl, sizeWrittenDown } from './discovery.worlds.ts'

/**
 * Example 3 as printed: two members that know nothing of each other but a discovery URL. The service is an etcd with
 * the v2 API, where whoever asks for a token writes down the size of the cluster (`JoinCluster`, v2discovery).
 */
const id = 'security/cluster'

const member = (name: string, at: string): MemberSpec => ({
  at,
  peer: 'https',
  options: {
    ...peerPair({ cn: name, hosts: [at] }),
    discovery: discoveryUrl,
    'initial-cluster': undefined,
  },
})

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'discovery-url': {
      says: 'Two members with peer pairs of one CA, each demanded by the other, find each other through a discovery URL and become a cluster.',
      cites: ['ee03e9b8', '9cd67da7'],
      given: cluster({
        members: {
          discovery: { role: 'service', at: '10.0.1.2', options: { 'enable-v2': true } },
          infra1: member('infra1', '10.0.1.10'),
          infra2: member('infra2', '10.0.1.11'),
        },
        groundwork: [sizeWrittenDown],
      }),
      when: forms({ to: 'infra1' }),
      then: formed(),
    },
  },
})
