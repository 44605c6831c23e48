import { changed, scenario } from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { claimsOfProxies } from '../security/proxy.claims.ts'

/**
 * The proxy of etcd 2 (`startProxy`, etcdmain/etcd.go; package proxy) dials peer and client URLs alike with its peer
 * pair, and the v2 API is always there.
 */
const id = 'security-v2/proxy'

export default scenario(id, {
  heading: headingOf(id),
  claims: claimsOfProxies((world) => changed(world, { 'enable-v2': undefined })),
})
