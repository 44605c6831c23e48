import {
  authority,
  changed,
  cluster,
  joins,
  notStarted,
  over,
  peerPair,
  refused,
  scenario,
  starts,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { anyName, authorities, pairOf } from './peers.worlds.ts'

/** The pair is read when the listener is made (NewCert, client/pkg/tlsutil/tlsutil.go): a node without it ends. */
const id = 'peer-tls/files'
const whole = cluster({
  authorities,
  members: { n1: { peer: 'https', options: peerPair(pairOf('n1')) } },
})
const paths = {
  missing: '/etc/etcd/pki/etcd-1.pem',
  /** A file that may be written only: not even root reads it, whom the mode of a file does not hold (sysfs). */
  unreadable: '/sys/bus/cpu/drivers_probe',
} as const
const right = joins('n2', {}, { to: 'n1' })

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'unreadable-or-missing': {
      says: 'A node whose peer pair is not where it is said to be, or cannot be read, does not come up.',
      cites: ['c08b93e0'],
      ...over(
        { file: ['peer-cert-file', 'peer-key-file'], state: ['missing', 'unreadable'] },
        ({ file, state }) => ({
          given: changed(whole, { [file]: paths[state] }),
          when: starts('n1'),
          then: notStarted(),
          because: { failure: `peer-file-${state}` },
          unlike: whole,
        }),
      ),
    },

    'different-ca-per-node': {
      says: 'Nodes that do not trust the same authority do not become members of one cluster.',
      cites: ['24afece3'],
      ...over({ differs: ['who-dials', 'who-listens'] }, ({ differs }) =>
        differs === 'who-dials'
          ? {
              given: anyName,
              when: joins('n2', { 'peer-trusted-ca-file': authority('other') }, { to: 'n1' }),
              then: refused({ by: 'n2' }),
              because: { reason: 'dialler-refuses-authority' },
              unlike: right,
            }
          : {
              given: anyName,
              when: joins('n2', peerPair({ ...pairOf('n2'), issuer: 'other' }, ['ca', 'other']), {
                to: 'n1',
              }),
              then: refused({ by: 'n1' }),
              because: { reason: 'unknown-authority' },
              unlike: right,
            },
      ),
    },
  },
})
