import { authority, certificateOf, changed, etcd, http, keyOf, refused, scenario } from 'etcd-tls/scenario'

// A world: what etcd is started with. Certificates are described, and minted anew for every run.
// `@m1` is the address that the member gets; a member that is not named otherwise is m1, m1.etcd.local.
const server = { hosts: ['m1.etcd.local', '@m1'] }
const demanding = etcd({
  client: 'https',
  options: {
    'cert-file': certificateOf(server),
    'key-file': keyOf(server),
    'trusted-ca-file': authority('ca'),
    'client-cert-auth': true,
  },
})

export default scenario('mine/first', {
  heading: 'What this file is about',
  claims: {
    'stranger-is-refused': {
      says: 'A client whose certificate the authority did not sign is turned away.',
      given: demanding,
      when: http({ scheme: 'https', path: '/version', tls: { as: { cn: 'somebody', issuer: 'self' } } }),
      then: refused(),
      // Why: a name in the tables by etcd and Go release, so that another refusal is not taken for this one.
      because: { reason: 'self-signed' },
      // The control differs in one thing, and must be served by the same process, or the refusal says nothing.
      unlike: http({ scheme: 'https', path: '/version', tls: { as: { cn: 'somebody' } } }),
      // Without the guard the same probe must be served: that shows what refused it.
      without: changed(demanding, { 'client-cert-auth': undefined, 'trusted-ca-file': undefined }),
    },
  },
})
