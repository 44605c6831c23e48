import {
  authority,
  certificateOf,
  etcd,
  http,
  keyOf,
  notStarted,
  over,
  refused,
  scenario,
  served,
  starts,
  ways,
  type ClientTls,
  type OptionValues,
  type Way,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { answersVersion, id, server } from './basic-setup.worlds.ts'

/**
 * Each peer option of the page's list, and for the peer listener the cipher list, has the effect it has as a flag
 * when it comes as a variable or from the config file (`SetFlagsFromEnv`, pkg/flags; `configFromFile` and its block
 * `peer-transport-security`, embed/config.go). Asked by raw requests, which the peer listener answers at /version.
 */
const world = (way: Way, options: OptionValues) =>
  etcd({ peer: 'https', way, authorities: { ca: {}, other: {} }, options })
const pair = { 'peer-cert-file': certificateOf(server), 'peer-key-file': keyOf(server) }
const listed = { iana: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', openssl: 'ECDHE-RSA-AES128-GCM-SHA256' }
const unlisted = 'ECDHE-RSA-AES256-GCM-SHA384'
const strict = {
  ...pair,
  'peer-trusted-ca-file': authority(),
  'peer-client-cert-auth': true,
  'cipher-suites': [listed.iana],
}
/** A certificate that names no address and no name is not held against one (`checkSAN`, transport/listener_tls.go). */
const anybody = { cn: 'peer' }
const ask = (tls: ClientTls) => http({ listener: 'peer', scheme: 'https', path: '/version', tls })
const offering = (suite: string) => ask({ as: anybody, version: '1.2', ciphers: [suite] })
const versionIsServed = served({ contains: answersVersion })

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'every-option-as-environment-variable': {
      says: 'Every option of the list has the same effect as a flag, as an environment variable and in the config file.',
      cites: ['33e87778', '358a695b'],
      ...over(
        {
          listener: ['peer'],
          option: [
            'peer-cert-file',
            'peer-key-file',
            'peer-client-cert-auth',
            'peer-trusted-ca-file',
            'peer-auto-tls',
            'cipher-suites',
          ],
          way: ways,
        },
        ({ option, way }) => {
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
            case 'peer-auto-tls':
              return {
                given: world(way, { 'peer-auto-tls': true }),
                when: ask({ trust: 'anybody' }),
                then: versionIsServed,
              }
            case 'cipher-suites':
              return {
                given: world(way, strict),
                when: offering(unlisted),
                then: refused(),
                because: { reason: 'no-common-cipher' },
                unlike: offering(listed.openssl),
                control: served({ contains: answersVersion, suite: listed.iana }),
                without: world(way, pair),
              }
          }
        },
      ),
    },
  },
})
