import { scenario, type KnownDeviation } from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { claimsOfProxies } from './proxy.claims.ts'

/**
 * The v2 proxy (`startProxy`, etcdmain/etcd.go; proxy/httpproxy; to 3.5). It dials the members' peer URLs with its
 * peer pair, and their client URLs with its client pair, or where it has none, with its peer pair.
 */
const id = 'security/proxy'

const pairOfClients: KnownDeviation = {
  verdict: 'fail',
  seen: {
    status: 502,
    body: /httpproxy: unable to get response from 1 endpoint/,
    // The proxy's own words: it has no authority for them but the system's (`reverseProxy.ServeHTTP`, proxy/httpproxy).
    log: /failed to direct request.*https:\/\/m1\.etcd\.local:2379.*x509: certificate signed by unknown authority/,
  },
  why: "A proxy that has a pair for its own clients uses that one, with its trusted CA, towards the members' client URLs as well; the peer pair then serves for their peer URLs only (startProxy, etcdmain/etcd.go).",
}

export default scenario(id, {
  heading: headingOf(id),
  claims: claimsOfProxies((world) => world, pairOfClients),
})
