import { certificateOf, etcd, http, keyOf, over, scenario, served } from 'etcd-tls/scenario'

// A world: what etcd is started with. Certificates are described, and minted anew for every run.
// `@m1` is the address that the member gets; a member that is not named otherwise is m1, m1.etcd.local.
const server = { hosts: ['m1.etcd.local', '@m1'] }
const world = etcd({
  client: 'https',
  options: { 'cert-file': certificateOf(server), 'key-file': keyOf(server) },
})

// What a client does. `tls: {}` trusts the world's authority and checks the name m1.etcd.local.
export default scenario('mine/first', {
  heading: 'What this file is about',
  claims: {
    'answers-over-tls': {
      says: 'A client that trusts the authority is answered.',
      // A cell for each value; `npx etcd-tls run FILE --only '**:tls=1.3'` plays one of them.
      ...over({ tls: ['1.2', '1.3'] }, ({ tls }) => ({
        given: world,
        when: http({ scheme: 'https', path: '/version', tls: { version: tls } }),
        // All that is said here must be seen: the status, the TLS version, a part of the body, the certificate.
        then: served({ status: 200, tls, contains: ['"etcdserver":"<version>"'], shows: server }),
        needs: { tls },
      })),
    },
  },
})
