import {
  authority,
  changed,
  clientRefuses,
  curl,
  etcdctl,
  http,
  over,
  scenario,
  served,
  url,
  type KnownDeviation,
} from 'etcd-tls/scenario'
import { beforeReasons } from '../../fixtures/etcdctl-words.ts'
import { headingOf } from '../../fixtures/pages.ts'
import { printedRequest, secured, trusting } from './examples.worlds.ts'

/** Example 1: a certificate and its key, nothing more. */
const id = 'security/https'
const withV2 = changed(secured, { 'enable-v2': true })

const ca = authority('ca')
const only = { 'curl-tls1.2': '1.2', 'curl-tls1.3': '1.3' } as const
const speaking = (version: '1.2' | '1.3') => [`--tlsv${version}`, '--tls-max', version]
const askVersion = ['-sS', '-v', url('/version')]
const itsVersion = '"etcdserver":"<version>"'

// The address, as in the page, which the certificate names. One second is enough to be turned away.
const writeWithEtcdctl = ['--command-timeout=1s', '--endpoints', url(), 'put', 'foo', 'bar']
/** Go reads every file of this directory as the system's trust store (crypto/x509/root_linux.go). */
const goTrustStore = { '/etc/ssl/certs/ca.pem': ca }

/** `--enable-v2` is off by default since 3.4.0 and was removed with 3.6.0. */
const noV2ByDefault: KnownDeviation = {
  builds: '>=3.4.0',
  verdict: 'fail',
  seen: { status: 404, body: /404 page not found/ },
  why: 'The handshake succeeds, but the printed request is for the v2 keys API, which no build serves by default since 3.4.0.',
}

export default scenario(id, {
  heading: headingOf(id),
  core: ['verified-handshake', 'unknown-authority-is-noticed'],
  claims: {
    'verified-handshake': {
      says: 'A client that was given the CA verifies etcd and writes a key.',
      cites: ['0a2aac93', 'e2a69f43', '2a03e4e2', '641ba4ff', '7eda6a2a'],
      ...over({ request: ['v3', 'v2-enabled'], tls: ['1.2', '1.3'] }, ({ request, tls }) => ({
        given: request === 'v3' ? secured : withV2,
        when: http({
          scheme: 'https',
          ...(request === 'v3'
            ? { path: '/v3/kv/put', body: { key: 'Zm9v', value: 'YmFy' } }
            : { path: '/v2/keys/foo', method: 'PUT', body: 'value=bar' }),
          tls: { version: tls },
        }),
        then: served({
          tls,
          verified: true,
          contains: [request === 'v3' ? '"revision"' : '"action":"set"'],
        }),
        needs: { tls },
      })),
    },

    'printed-request': {
      says: 'The request the page prints, given to the real curl, shows a handshake and writes the key.',
      cites: ['4bf326e2'],
      ...over({ tls: ['1.2', '1.3'] }, ({ tls }) => ({
        given: secured,
        when: printedRequest([...trusting, ...speaking(tls)]),
        then: served({ contains: ['"action":"set"', '"value":"bar"'], tls, verified: true }),
        needs: { tls },
        known: noV2ByDefault,
      })),
    },

    'unknown-authority-is-noticed': {
      says: 'A client that was not given the CA turns etcd away.',
      cites: ['641ba4ff'],
      ...over({ client: ['curl-tls1.2', 'curl-tls1.3', 'etcdctl'] }, ({ client }) => ({
        given: secured,
        then: clientRefuses(),
        ...(client === 'etcdctl'
          ? {
              when: etcdctl({ args: writeWithEtcdctl }),
              because: {
                exit: 1,
                error: /x509: certificate signed by unknown authority/,
                older: beforeReasons,
                reason: 'client-sent-bad-certificate',
              },
              unlike: etcdctl({ args: ['--cacert', ca, ...writeWithEtcdctl] }),
              control: served({ contains: ['OK'] }),
            }
          : {
              when: curl({ args: [...speaking(only[client]), ...askVersion] }),
              because: {
                exit: 60,
                error: /unable to get local issuer certificate/,
                reason: 'client-sent-unknown-ca',
              },
              unlike: curl({ args: ['--cacert', ca, ...speaking(only[client]), ...askVersion] }),
              control: served({ contains: [itsVersion], tls: only[client], verified: true }),
              needs: { tls: only[client] },
            }),
      })),
    },

    'ca-in-the-system-trust-store': {
      says: 'A client whose trust store holds the CA needs no option for it.',
      cites: ['e527316e', 'e137716a'],
      ...over({ client: ['curl', 'etcdctl'] }, ({ client }) => ({
        given: secured,
        ...(client === 'curl'
          ? {
              when: curl({ args: askVersion, trustStore: ca }),
              then: served({ contains: [itsVersion], verified: true }),
              unlike: curl({ args: askVersion }),
            }
          : {
              when: etcdctl({ args: writeWithEtcdctl, files: goTrustStore }),
              then: served({ contains: ['OK'] }),
              unlike: etcdctl({ args: writeWithEtcdctl }),
            }),
      })),
    },

    'unverifying-client-is-served': {
      says: 'A client that was told not to verify etcd is answered.',
      cites: ['e137716a'],
      ...over({ tls: ['1.2', '1.3'] }, ({ tls }) => ({
        given: secured,
        when: curl({ args: ['-k', ...speaking(tls), ...askVersion] }),
        then: served({ contains: [itsVersion], tls }),
        needs: { tls },
      })),
    },
  },
})
