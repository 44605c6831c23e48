import {
  authority,
  clientRefuses,
  curl,
  etcdctl,
  http,
  over,
  scenario,
  served,
  url,
  type Argument,
  type EtcdctlProbe,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { keySet, printedRequest, secured, trusting } from '../security/examples.worlds.ts'
import { tlsVersions } from './basic-setup.worlds.ts'
import { asPrinted, oneDash } from './examples.worlds.ts'

/** Example 1: a certificate and its key, nothing more. */
const id = 'security-v2/https'
const askVersion = ['-sS', '-v', url('/version')]
const itsVersion = '"etcdserver":"<version>"'

/** The address, as in the page, which the certificate names. Its etcdctl speaks the v2 API unless told otherwise. */
const write = (args: readonly Argument[], more: Pick<EtcdctlProbe, 'files'> = {}) =>
  etcdctl({
    args: [...args, '--endpoints', url(), 'set', 'foo', 'bar'],
    environment: { ETCDCTL_API: '2' },
    ...more,
  })
/** Go reads every file of this directory as the system's trust store (crypto/x509/root_unix.go), and wants one. */
const systemTrusts = (name: string) => ({ files: { '/etc/ssl/certs/ca.pem': authority(name) } })
const withOther = { ...secured, authorities: { ca: {}, other: {} } }

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'verified-handshake': {
      says: 'A client that was given the CA verifies etcd and writes a key.',
      cites: ['90c3e6b8', 'c67a7227', '7eda6a2a'],
      ...over({ tls: tlsVersions }, ({ tls }) => ({
        given: secured,
        when: http({
          scheme: 'https',
          path: '/v2/keys/foo',
          method: 'PUT',
          body: 'value=bar',
          tls: { version: tls },
        }),
        then: served({ tls, verified: true, contains: keySet }),
        needs: { tls },
      })),
    },

    'printed-command': {
      says: 'Started as printed, with one dash, etcd answers the printed request of the real curl, whose handshake succeeds.',
      cites: ['c963e378', 'd4be2827', '4bf326e2', '90c3e6b8'],
      ...over({ flags: oneDash }, ({ flags }) => ({
        given: asPrinted(secured, flags),
        when: printedRequest(trusting),
        then: served({ contains: keySet, tls: '1.2', verified: true }),
      })),
    },

    'unknown-authority-is-noticed': {
      says: 'A client that was not given the CA turns etcd away.',
      cites: ['c67a7227'],
      ...over({ client: ['curl', 'etcdctl'] }, ({ client }) => ({
        given: withOther,
        then: clientRefuses(),
        ...(client === 'etcdctl'
          ? {
              when: write([], systemTrusts('other')),
              because: {
                exit: 4,
                error: /x509: certificate signed by unknown authority/,
                reason: 'client-sent-bad-certificate',
              },
              unlike: write(['--ca-file', authority('ca')], systemTrusts('other')),
              control: served({ contains: ['bar'] }),
            }
          : {
              when: curl({ args: askVersion }),
              because: {
                exit: 60,
                error: /unable to get local issuer certificate/,
                reason: 'client-sent-unknown-ca',
              },
              unlike: curl({ args: [...trusting, ...askVersion] }),
              control: served({ contains: [itsVersion], verified: true }),
            }),
      })),
    },

    'ca-in-the-system-trust-store': {
      says: 'A client whose trust store holds the CA needs no option for it.',
      cites: ['ccccd546', '26ee7167'],
      ...over({ client: ['curl', 'etcdctl'] }, ({ client }) => ({
        given: withOther,
        ...(client === 'curl'
          ? {
              when: curl({ args: askVersion, trustStore: authority('ca') }),
              then: served({ contains: [itsVersion], verified: true }),
              unlike: curl({ args: askVersion }),
            }
          : {
              when: write([], systemTrusts('ca')),
              then: served({ contains: ['bar'] }),
              unlike: write([], systemTrusts('other')),
            }),
      })),
    },

    'unverifying-client-is-served': {
      says: 'A client that was told not to verify etcd (curl -k) is answered.',
      cites: ['26ee7167'],
      given: secured,
      when: curl({ args: ['-k', ...askVersion] }),
      then: served({ contains: [itsVersion] }),
    },
  },
})
