import {
  authority,
  certificateOf,
  etcd,
  http,
  keyOf,
  notStarted,
  refused,
  served,
  starts,
  type Cell,
  type ClientTls,
  type HttpProbe,
  type KnownDeviation,
  type OptionValues,
  type Way,
  type WorldSpec,
} from 'etcd-tls/scenario'
import { needsList } from './cipher-suites.worlds.ts'
import { answersVersion, askVersion, client, server } from './basic-setup.worlds.ts'

export const listed = {
  iana: 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  openssl: 'ECDHE-ECDSA-AES128-GCM-SHA256',
}
export const unlisted = 'ECDHE-ECDSA-AES256-GCM-SHA384'
/** Without RSA's Go's HTTP/2 server does not start, up to 1.9, whatever the key (`http2ConfigureServer`, net/http/h2_bundle.go). */
export const listedSuites = [listed.iana, 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256']

/**
 * Each option of both pages' lists has the effect it has as a flag when it comes another way (`SetFlagsFromEnv`,
 * pkg/flags; `configFromFile`, embed/config.go). `strict` are options that ask for a certificate of the CA, and `pair`
 * those that do not.
 */
export const pair = { 'cert-file': certificateOf(server), 'key-file': keyOf(server) }
export const demandsClients = { ...pair, 'trusted-ca-file': authority(), 'client-cert-auth': true }
export const clientWorld = (way: Way, options: OptionValues): WorldSpec =>
  etcd({ client: 'https', way, authorities: { ca: {}, other: {} }, options })
export const versionIsServed = served({ contains: answersVersion })

export const clientOptions = ['cert-file', 'key-file', 'client-cert-auth', 'trusted-ca-file'] as const
export function clientOptionCell(
  option: (typeof clientOptions)[number],
  way: Way,
  strict: OptionValues = demandsClients,
): Cell {
  const world = clientWorld
  switch (option) {
    case 'cert-file':
      return {
        given: world(way, pair),
        when: askVersion({}),
        then: served({ contains: answersVersion, verified: true }),
      }
    case 'key-file':
      return {
        given: world(way, { 'cert-file': pair['cert-file'] }),
        when: starts(),
        then: notStarted(),
        because: {
          failure:
            way === 'config-file' ? 'certificate-without-key-in-config-file' : 'certificate-without-key',
        },
        unlike: world(way, pair),
      }
    case 'client-cert-auth':
      return {
        given: world(way, strict),
        when: askVersion({}),
        then: refused(),
        because: { reason: 'no-client-certificate' },
        unlike: askVersion({ as: client }),
        control: versionIsServed,
        without: world(way, pair),
      }
    case 'trusted-ca-file':
      return {
        given: world(way, strict),
        when: askVersion({ as: { ...client, issuer: 'other' } }),
        then: refused(),
        because: { reason: 'unknown-authority' },
        unlike: askVersion({ as: client }),
        control: versionIsServed,
        without: world(way, pair),
      }
  }
}

export const peerPairAlone = { 'peer-cert-file': certificateOf(server), 'peer-key-file': keyOf(server) }
export const demandsPeers = {
  ...peerPairAlone,
  'peer-trusted-ca-file': authority(),
  'peer-client-cert-auth': true,
}
export const peerWorld = (way: Way, options: OptionValues): WorldSpec =>
  etcd({ peer: 'https', way, authorities: { ca: {}, other: {} }, options })
/** A certificate that names no address and no name is not held against one (`checkSAN`, transport/listener_tls.go). */
export const anybody = { cn: 'peer' }
/** Raw requests, which the peer listener answers at /version. */
export const askPeer = (tls: ClientTls): HttpProbe =>
  http({ listener: 'peer', scheme: 'https', path: '/version', tls })

export const peerOptions = [
  'peer-cert-file',
  'peer-key-file',
  'peer-client-cert-auth',
  'peer-trusted-ca-file',
] as const
export function peerOptionCell(
  option: (typeof peerOptions)[number],
  way: Way,
  strict: OptionValues = demandsPeers,
): Cell {
  const [world, ask, pair] = [peerWorld, askPeer, peerPairAlone]
  switch (option) {
    case 'peer-cert-file':
      return {
        given: world(way, pair),
        when: ask({}),
        then: served({ contains: answersVersion, shows: server, verified: true }),
      }
    case 'peer-key-file':
      return {
        given: world(way, { 'peer-cert-file': pair['peer-cert-file'] }),
        when: starts(),
        then: notStarted(),
        because: { failure: 'peer-certificate-without-key' },
        unlike: world(way, pair),
      }
    case 'peer-client-cert-auth':
      return {
        given: world(way, strict),
        when: ask({}),
        then: refused(),
        because: { reason: 'no-client-certificate' },
        unlike: ask({ as: anybody }),
        control: versionIsServed,
        without: world(way, pair),
      }
    case 'peer-trusted-ca-file':
      return {
        given: world(way, strict),
        when: ask({ as: { ...anybody, issuer: 'other' } }),
        then: refused(),
        because: { reason: 'unknown-authority' },
        unlike: ask({ as: anybody }),
        control: versionIsServed,
        without: world(way, pair),
      }
  }
}

/**
 * The world that asks for certificates lists suites, too, which saves one for those: an earlier etcd ends with the flag, and
 * does not look at the variable and the field. The options by themselves are asked of it in the claims about them.
 */
export const inListingWorld = (cell: Cell, way: Way): Cell =>
  way === 'flag' && 'without' in cell && cell.without !== undefined ? { ...cell, needs: needsList } : cell

/** Of a pair that etcd makes itself. */
export const noValidity: KnownDeviation = {
  builds: '>=3.5.0 <3.5.5',
  verdict: 'fail',
  seen: { started: false, exit: 1, log: /self-signed certs.*selfSignedCertValidity is invalid/ },
  why: 'How many years the pair lasts is 1 by default on the command line only; a config file has no such field and leaves it 0, and etcd ends (Config, embed/config.go; from 3.5.5 on 0 is taken for 1).',
}
