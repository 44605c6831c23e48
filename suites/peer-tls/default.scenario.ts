import { cluster, formed, forms, over, scenario, served, type ClientTls } from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { answersNames, authorities, names, bySystemAuthorities, pairAlone } from './peers.worlds.ts'

/**
 * A listener without an authority asks for no certificate (ServerConfig, client/pkg/transport/listener.go). Who dials
 * verifies the listener all the same (ClientConfig): without an authority of its own, by those of the system.
 */
const id = 'peer-tls/default'
const alone = cluster({ authorities, members: { n1: { peer: 'https', options: pairAlone('n1') } } })
const together = cluster({
  authorities,
  members: {
    n1: { peer: 'https', options: pairAlone('n1') },
    n2: { peer: 'https', options: pairAlone('n2') },
  },
})

const shown: Readonly<Record<string, ClientTls>> = {
  none: {},
  'of-the-ca': { as: { cn: 'peer' } },
  'other-authority': { as: { cn: 'peer', issuer: 'other' } },
  'self-signed': { as: { cn: 'peer', issuer: 'self' } },
  expired: { as: { cn: 'peer', notBefore: '-2d', notAfter: '-1d' } },
}
const verifiesAllTheSame = bySystemAuthorities(
  'The side that dials does verify: without --peer-trusted-ca-file by the authorities of the system (ClientConfig, transport/listener.go), which do not know the cluster’s own.',
)

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'peers-do-not-verify': {
      says: 'With TLS alone anybody reaches the peer port, with any certificate or none.',
      cites: ['ed86c979'],
      ...over(
        {
          certificate: ['none', 'of-the-ca', 'other-authority', 'self-signed', 'expired'],
          tls: ['1.2', '1.3'],
        },
        ({ certificate, tls }) => ({
          given: alone,
          when: names('n1', { ...shown[certificate], version: tls }),
          then: served({ contains: answersNames, tls }),
          needs: { tls },
        }),
      ),
    },

    'members-form-unverified': {
      says: 'With TLS alone, and nothing that says whom to trust, members take each other for members.',
      cites: ['ed86c979'],
      given: together,
      when: forms({ to: 'n1' }),
      then: formed(),
      known: verifiesAllTheSame,
    },
  },
})
