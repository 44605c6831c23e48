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
  type CredentialSpec,
} from 'etcd-tls/scenario'
import { beforeReasons } from '../../fixtures/etcdctl-words.ts'
import { headingOf } from '../../fixtures/pages.ts'
import { alone, answersVersion, id, unverified } from './auto-tls.worlds.ts'

/** Clients of a member that made its certificate itself. */
type Version = '1.2' | '1.3'
const speaking = (version: Version) => [`--tlsv${version}`, '--tls-max', version]
const curls = { 'curl-tls1.2': '1.2', 'curl-tls1.3': '1.3' } as const
const askVersion = ['-sS', url('/version')]
const writeWithEtcdctl = ['--command-timeout=1s', '--endpoints', url(), 'put', 'foo', 'bar']

/** Whoever shows whatever: etcd does not ask for a certificate. */
const clients: Readonly<Record<string, CredentialSpec | undefined>> = {
  'no-certificate': undefined,
  'other-authority': { cn: 'client', issuer: 'other' },
  'self-signed': { cn: 'client', issuer: 'self' },
  expired: { cn: 'client', notBefore: '-2d', notAfter: '-1d' },
}

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'verifying-client-refuses': {
      says: 'A client that verifies etcd turns it away: the certificate is signed by nobody but itself.',
      cites: ['395d5338', '3db41baf'],
      ...over({ client: ['curl-tls1.2', 'curl-tls1.3', 'etcdctl'] }, ({ client }) => ({
        given: alone,
        then: clientRefuses(),
        ...(client === 'etcdctl'
          ? {
              when: etcdctl({ args: ['--cacert', authority(), ...writeWithEtcdctl] }),
              because: {
                exit: 1,
                error: /x509: certificate signed by unknown authority/,
                older: beforeReasons,
                reason: 'client-refuses-automatic-tls',
              },
              unlike: etcdctl({
                args: ['--cacert', authority(), '--insecure-skip-tls-verify', ...writeWithEtcdctl],
              }),
              control: served({ contains: ['OK'] }),
            }
          : {
              when: curl({ args: ['--cacert', authority(), ...speaking(curls[client]), ...askVersion] }),
              because: {
                exit: 60,
                // OpenSSL 3 and 1.1.
                error: /SSL certificate problem: self[- ]signed certificate$/m,
                reason: 'client-refuses-automatic-tls',
              },
              unlike: curl({ args: ['-k', ...speaking(curls[client]), ...askVersion] }),
              control: served({ contains: answersVersion, tls: curls[client] }),
              needs: { tls: curls[client] },
            }),
      })),
    },

    'printed-client-error': {
      says: 'curl ends with error 60 and says that the chain is not valid.',
      cites: ['197a84fe'],
      given: alone,
      when: curl({ args: askVersion }),
      then: clientRefuses(),
      because: {
        exit: 60,
        error: /SSL certificate problem: self[- ]signed certificate$/m,
        reason: 'client-refuses-automatic-tls',
      },
      unlike: curl({ args: ['-k', ...askVersion] }),
      control: served({ contains: answersVersion }),
      printed: {
        exit: 60,
        text: 'curl: (60) SSL certificate problem: Invalid certificate chain',
        in: 'error',
      },
      known: {
        verdict: 'drift',
        seen: { exit: 60, error: /^curl: \(60\) SSL certificate problem: self[- ]signed certificate$/m },
        why: "The number is the page's; the words behind it are those of the TLS library that curl was built with, here OpenSSL's.",
      },
    },

    'unverifying-client-is-served': {
      says: 'A client that was told not to verify etcd is answered.',
      cites: ['aa5e116d'],
      ...over({ tls: ['1.2', '1.3'] }, ({ tls }) => ({
        given: alone,
        when: curl({ args: ['-k', ...speaking(tls), ...askVersion] }),
        then: served({ contains: answersVersion, tls }),
        unlike: curl({ args: ['--cacert', authority(), ...speaking(tls), ...askVersion] }),
        needs: { tls },
      })),
    },

    'identity-is-not-authenticated': {
      says: 'Whoever the client is, with any certificate or none, it is answered.',
      cites: ['395d5338', '75a16d44'],
      ...over(
        {
          client: ['no-certificate', 'other-authority', 'self-signed', 'expired'],
          listener: ['client', 'peer'],
        },
        ({ client, listener }) => {
          const as = clients[client]
          return {
            given: alone,
            when: http({
              listener,
              scheme: 'https',
              path: '/version',
              tls: { ...unverified, ...(as && { as }) },
            }),
            then: served({ contains: answersVersion }),
          }
        },
      ),
    },
  },
})
