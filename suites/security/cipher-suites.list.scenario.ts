import {
  certificateOf,
  etcd,
  keyOf,
  notStarted,
  over,
  scenario,
  started,
  starts,
  ways,
  type KnownDeviation,
  type Way,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { needsList } from './cipher-suites.worlds.ts'

/** What may stand on the list: `GetCipherSuites` (pkg/tlsutil) looks each name up in Go's own tables. */
const id = 'security/cipher-suites'
const pair = { cn: 'm1.etcd.local', hosts: ['m1.etcd.local', '@m1'], key: 'rsa-2048' } as const
const documented = {
  'ECDHE-RSA-AES128-GCM-SHA256': 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'ECDHE-RSA-AES256-GCM-SHA384': 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
} as const
const list = Object.values(documented)
const misspelt = list.map((suite) => suite.replace('SHA256', 'SHA265'))

const https = { 'cert-file': certificateOf(pair), 'key-file': keyOf(pair) }
const listingBy = (suites: readonly string[], way: Way) =>
  etcd({
    client: 'https',
    options: { ...https, 'cipher-suites': suites },
    ...(way === 'flag' ? {} : { way }),
  })

/** Seen on 3.3.25: its HTTPS server gives up while the listener still takes connections, 120 ms before the end. */
const showsAtStart = {
  etcd: {
    range: '>=3.4.25',
    why: 'before, etcd says that it serves and ends a moment later, which a start does not show',
  },
}
/** `http2.ConfigureServer`, which etcd calls for its HTTPS listener (embed/serve.go), wants a suite of RFC 9113 9.2.2. */
const needsAes128: KnownDeviation = {
  builds: '>=3.5.0',
  verdict: 'fail',
  seen: {
    started: false,
    log: /http2: TLSConfig\.CipherSuites is missing an HTTP\/2-required AES_128_GCM_SHA256 cipher/,
  },
  why: "Go's HTTP/2 server refuses a list without an AES_128_GCM_SHA256 suite, and etcd ends; the page names no such condition.",
}
const closedListener: KnownDeviation = {
  ...needsAes128,
  builds: '>=3.5.0 <3.5.5',
  seen: { started: false, exit: 1, log: /listener failed.*accept tcp .*: use of closed network connection/ },
  why: 'The same refusal, by Serve of net/http, which closes the listener on its way out: whose error comes first, that of the refusal or that of the closed listener, is chance (embed/serve.go; from 3.5.5 on http2 is asked before).',
}
const panics: KnownDeviation = {
  builds: '>=3.4.25 <3.5.0',
  verdict: 'fail',
  seen: { started: false, exit: 2, log: /embed\.\(\*serveCtx\)\.serve\(/ },
  why: 'The same refusal, but 3.4 has no logger there yet (serveCtx.serve) and ends with a nil pointer dereference.',
}

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'unknown-name': {
      says: 'etcd does not start with a suite name it does not know.',
      cites: ['744d9711'],
      ...over({ way: ways }, ({ way }) => ({
        given: listingBy(misspelt, way),
        when: starts(),
        then: notStarted(),
        because: { failure: 'unknown-cipher-suite' },
        unlike: listingBy(list, way),
        needs: needsList,
      })),
    },

    'one-suite-alone-can-be-listed': {
      says: 'A list may hold any one of the documented suites alone.',
      open: 'The page prints lists of two suites and names no condition for a list.',
      ...over({ suite: ['ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES256-GCM-SHA384'] }, ({ suite }) => ({
        given: listingBy([documented[suite]], 'flag'),
        when: starts(),
        then: started(),
        ...(suite === 'ECDHE-RSA-AES256-GCM-SHA384'
          ? { needs: showsAtStart, known: [needsAes128, closedListener, panics] }
          : { needs: needsList }),
      })),
    },
  },
})
