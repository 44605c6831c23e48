import { joined, joins, over, peerPair, refused, scenario, served } from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import {
  answersNames,
  anyName,
  belowNamesake,
  commonName,
  kinds,
  lists,
  names,
  needsOf,
  pairOf,
  right,
  rogue,
  withoutList,
} from './peers.worlds.ts'

/** Who comes with a name that is on no list, with none, or with another's. */
const id = 'peer-tls/allowed-cn'

const joinsAs = (cn: string) => joins('n2', peerPair(pairOf('n2', cn)), { to: 'n1' })

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'rogue-is-kept-out': {
      says: 'A node with a certificate of the same authority and a name that is not listed with --peer-cert-allowed-cn does not join.',
      cites: ['d93228ea', 'c920a58f', '65adb769'],
      ...over({ list: kinds, name: ['rogue', 'none', 'of-its-issuer'] }, ({ list, name }) => {
        const { given, own } = lists[list]
        const shared = {
          given,
          then: refused({ by: 'n1' }),
          because: { reason: 'common-name' },
          without: withoutList(given),
          ...needsOf(list),
        } as const
        if (name === 'rogue') return { ...shared, when: joinsAs(rogue), unlike: right }
        const stranger = name === 'none' ? {} : { cn: rogue, ...belowNamesake }
        return {
          ...shared,
          when: names('n1', { as: stranger }),
          unlike: names('n1', { as: { ...stranger, cn: own } }),
          control: served({ contains: answersNames }),
        }
      }),
    },

    'omitted-accepts-any-name': {
      says: 'Without a list (--peer-cert-allowed-cn) any common name of the authority is accepted.',
      cites: ['978c48d4', '53e8f581'],
      ...over({ name: ['listed-by-nobody', 'none'] }, ({ name }) => ({
        given: anyName,
        when: name === 'none' ? joins('n2', peerPair({ hosts: ['@n2'] }), { to: 'n1' }) : joinsAs(rogue),
        then: joined(),
      })),
    },

    'name-is-not-bound-to-a-member': {
      says: 'A node joins under the name of another that is listed with --peer-cert-allowed-cn.',
      cites: ['4abbb6bb'],
      ...over({ list: kinds }, ({ list }) => ({
        given: lists[list].given,
        when: joinsAs(list === 'one-name' ? lists[list].own : commonName('n3')),
        then: joined(),
        ...needsOf(list),
      })),
    },
  },
})
