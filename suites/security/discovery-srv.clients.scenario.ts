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
import { at, domain, id, nameOf, otherDomain, zone } from './discovery-srv.worlds.ts'

/** One member that clients find by SRV; its certificate has its own name and the given ones. */
const found = (...more: string[]): WorldSpec => {
  const pair = { cn: 'm1', hosts: [nameOf('m1'), ...more] }
  return etcd({
    at: at.m1,
    host: nameOf('m1'),
    client: 'https',
    options: { 'cert-file': certificateOf(pair), 'key-file': keyOf(pair) },
    authorities: { ca: {}, other: {} },
    dns: zone,
  })
}
/** Time for one refused handshake and its second try: etcdctl goes on until its time is over. */
const finding = (by: string, trusted: ReturnType<typeof authority>, ...more: string[]) =>
  etcdctl({
    args: [
      `--discovery-srv=${by}`,
      ...more,
      '--cacert',
      trusted,
      '--command-timeout=2s',
      'put',
      'foo',
      'bar',
    ],
  })
const discoveries = ['secure', 'as-it-comes'] as const
const secure = '--insecure-discovery=false'
const saying = (discovery: (typeof discoveries)[number]) => (discovery === 'secure' ? [secure] : [])

const servedAllTheSame = { exit: 0, body: /^OK/m }
/**
 * The domain is in etcdctl's TLS settings, but the connection comes with the name of the endpoint
 * (client/v3/internal/resolver), and that counts in the newer gRPC: `ClientHandshake` of its credentials/tls.go leaves
 * a given name alone at v1.26, v1.59 and v1.71, and replaces it at v1.79 and later. By the go.mod of client/v3 that is so
 * from 3.5.28 and 3.6.9 on and in all of 3.7, and not yet at 3.5.27 and 3.6.8.
 */
const domainOverruled: KnownDeviation = {
  builds: '>=3.5.28 <3.6.0 || >=3.6.9',
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
      ...over({ discovery: discoveries }, ({ discovery }) => ({
        given: found(),
        when: finding(domain, authority(), ...saying(discovery)),
        then: clientRefuses(),
        because: {
          exit: 1,
          error: /x509: certificate is valid for m1\.etcd\.local, not etcd\.local/,
          older: beforeBalancer,
          reason: 'client-sent-bad-certificate',
        },
        unlike: finding(nameOf('m1'), authority(), secure),
        known: discovery === 'secure' ? domainOverruled : domainForgotten,
        needs,
      })),
    },

    'clients-refuse-strangers': {
      says: 'A client that finds etcd by SRV refuses a certificate that names neither the domain nor the server found, and one of an authority that it does not trust.',
      since: '3.1.0',
      cites: ['de31cffe'],
      ...over({ discovery: discoveries, wrong: ['name', 'authority'] }, ({ discovery, wrong }) => ({
        given: found(),
        when:
          wrong === 'name'
            ? finding(otherDomain, authority(), ...saying(discovery))
            : finding(nameOf('m1'), authority('other'), ...saying(discovery)),
        then: clientRefuses(),
        because: {
          exit: 1,
          error:
            wrong === 'name'
              ? /x509: certificate is valid for m1\.etcd\.local, not (m1\.)?other\.local/
              : /x509: certificate signed by unknown authority/,
          older: beforeBalancer,
          reason: 'client-sent-bad-certificate',
        },
        unlike: finding(nameOf('m1'), authority(), ...saying(discovery)),
        needs,
      })),
    },

    'clients-accept-the-root-domain': {
      says: 'A client that finds etcd by SRV accepts a certificate that names the domain.',
      since: '3.1.0',
      cites: ['de31cffe'],
      given: found(domain),
      when: finding(domain, authority(), secure),
      then: served({ contains: ['OK'], asked: [`SRV _etcd-client-ssl._tcp.${domain}`, `A ${nameOf('m1')}`] }),
      needs,
    },
  },
})
