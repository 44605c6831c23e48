import { scenario, type KnownDeviation } from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { claimsOfProxies } from './proxy.claims.ts'

/**
 * The v2 proxy (`startProxy`, etcdmain/etcd.go; proxy/httpproxy; to 3.5). It dials the members' peer URLs with its
 * peer pair, and their client URLs with its client pair, or where it has none, with its peer pair.
 */
const id = 'security/proxy'

const why =
  "A proxy that has a pair for its own clients uses that one, with its trusted CA, towards the members' client URLs as well; the peer pair then serves for their peer URLs only (startProxy, etcdmain/etcd.go)."

/**
 * By the proxy's own words it has no authority for them but the system's (`reverseProxy.ServeHTTP`, proxy/httpproxy), of
 * which the images have none: Go before 1.12 calls that an error of its own (loadSystemRoots, crypto/x509/root_unix.go).
 */
const unverified = (go: string, x509: RegExp): KnownDeviation => ({
  verdict: 'fail',
  go,
  seen: {
    status: 502,
    body: /httpproxy: unable to get response from 1 endpoint/,
    log: new RegExp(`failed to direct request.*https://m1\\.etcd\\.local:2379.*${x509.source}`),
  },
  why,
})
const pairOfClients = [
  unverified('>=1.12.0', /x509: certificate signed by unknown authority/),
  unverified('<1.12.0', /x509: failed to load system roots and no roots provided/),
]

export default scenario(id, {
  heading: headingOf(id),
  claims: claimsOfProxies((world) => world, pairOfClients),
})
