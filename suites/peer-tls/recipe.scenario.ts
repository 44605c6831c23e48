import {
  cluster,
  formed,
  forms,
  over,
  peerPair,
  scenario,
  type CredentialSpec,
  type KnownDeviation,
  type MemberSpec,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { commonName, type Node } from './peers.worlds.ts'

/**
 * The article's openssl commands, run as printed: a common name, no alternative names. Go takes no address from a
 * common name, and since 1.15 no host name either (VerifyHostname, crypto/x509/verify.go), so whoever dials such a
 * node turns it away.
 */
const id = 'peer-tls/recipe'
const byOpenssl = (node: Node): CredentialSpec => ({ cn: commonName(node), madeBy: 'openssl-x509' })
const member = (node: Node, urls: 'address' | 'name'): MemberSpec => ({
  peer: 'https',
  ...(urls === 'name' && { host: commonName(node) }),
  options: peerPair(byOpenssl(node)),
})
const nodes = (urls: 'address' | 'name') =>
  cluster({
    authorities: { ca: { cn: 'etcd-ca', madeBy: 'openssl-x509' } },
    members: { n1: member('n1', urls), n2: member('n2', urls), n3: member('n3', urls) },
    hosts: { [commonName('n1')]: '@n1', [commonName('n2')]: '@n2', [commonName('n3')]: '@n3' },
  })
const given = { address: nodes('address'), name: nodes('name') }

const noNames: Readonly<Record<keyof typeof given, KnownDeviation>> = {
  address: {
    verdict: 'fail',
    seen: { log: /x509: cannot validate certificate for \S+ because it doesn't contain any IP SANs/ },
    why: 'The printed commands put no address into the certificate, and Go finds none in a common name (VerifyHostname, crypto/x509/verify.go).',
  },
  name: {
    go: '>=1.15.0',
    verdict: 'fail',
    seen: { log: /x509: certificate relies on legacy Common Name field, use SANs/ },
    why: 'The printed commands put no alternative name into the certificate, and since Go 1.15 the common name is no host name (VerifyHostname, crypto/x509/verify.go).',
  },
}

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'openssl-common-name-only': {
      says: 'Nodes with the certificates that the printed openssl commands make, a common name and nothing else, form a cluster.',
      cites: ['8f355664'],
      ...over({ urls: ['address', 'name'] }, ({ urls }) => ({
        given: given[urls],
        when: forms({ to: 'n1' }),
        then: formed(),
        known: noNames[urls],
      })),
    },
  },
})
