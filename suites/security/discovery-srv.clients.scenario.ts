import {
  authority,
  certificateOf,
  clientRefuses,
  etcd,
  etcdctl,
  keyOf,
  over,
  scenario,
  served,
  type KnownDeviation,
  type WorldSpec,
} from 'etcd-tls/scenario'
import { beforeBalancer } from '../../fixtures/etcdctl-words.ts'
import { headingOf } from '../../fixtures/pages.ts'
import { at, domain, id, nameOf, zone } from './discovery-srv.worlds.ts'

/** One member that clients find by SRV; its certificate has its own name and the given ones. */
const found = (...more: string[]): WorldSpec => {
  const pair = { cn: 'm1', hosts: [nameOf('m1'), ...more] }
  return etcd({
    at: at.m1,
    host: nameOf('m1'),
    client: 'https',
    options: { 'cert-file': certificateOf(pair), 'key-file': keyOf(pair) },
    dns: zone,
  })
}
/** Time for one refused handshake and its second try: etcdctl goes on until its time is over. */
const finding = (by: string, ...more: string[]) =>
  etcdctl({
    args: [
      `--discovery-srv=${by}`,
      ...more,
      '--cacert',
      authority(),
      '--command-timeout=2s',
      'put',
      'foo',
      'bar',
    ],
  })
const secure = '--insecure-discovery=false'

const servedAllTheSame = { exit: 0, body: /^OK/m }
/**
 * The domain is in etcdctl's TLS settings, but the connection comes with the name of the endpoint
 * (client/v3/internal/resolver), and that counts in the newer gRPC: `ClientHandshake` of its credentials/tls.go leaves
 * a given name alone at v1.26, v1.59 and v1.71, and replaces it at v1.79 and later. By the go.mod of etcdctl that is so
 * from 3.5.33, 3.6.14 and 3.7.0 on, and not yet at 3.5.21 and 3.6.8.
 */
const domainOverruled: KnownDeviation = {
  builds: '>=3.5.33 <3.6.0 || >=3.6.14',
  verdict: 'fail',
  seen: servedAllTheSame,
  why: "With today's gRPC the name of the endpoint takes the place of the domain: etcdctl does not look for the domain although it is told to be secure.",
}
const domainForgotten: KnownDeviation = {
  verdict: 'fail',
  seen: servedAllTheSame,
  why: 'etcdctl takes insecure records by default, and then forgets the domain (--insecure-discovery, secureCfgFromCmd of etcdctl).',
}

const needs = { etcd: { range: '>=3.3.0', why: 'etcdctl finds by SRV over the v3 API since 3.3.0' } }

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'clients-are-checked-too': {
      says: 'A client that finds etcd by SRV refuses a certificate that does not name the domain.',
      since: '3.1.0',
      cites: ['de31cffe'],
      ...over({ discovery: ['secure', 'as-it-comes'] }, ({ discovery }) => ({
        given: found(),
        when: discovery === 'secure' ? finding(domain, secure) : finding(domain),
        then: clientRefuses(),
        because: {
          exit: 1,
          error: /x509: certificate is valid for m1\.etcd\.local, not etcd\.local/,
          older: beforeBalancer,
          reason: 'client-sent-bad-certificate',
        },
        unlike: finding(nameOf('m1'), secure),
        known: discovery === 'secure' ? domainOverruled : domainForgotten,
        needs,
      })),
    },

    'clients-accept-the-root-domain': {
      says: 'A client that finds etcd by SRV accepts a certificate that names the domain.',
      since: '3.1.0',
      cites: ['de31cffe'],
      given: found(domain),
      when: finding(domain, secure),
      then: served({ contains: ['OK'], asked: [`SRV _etcd-client-ssl._tcp.${domain}`, `A ${nameOf('m1')}`] }),
      needs,
    },
  },
})
