import {
  changed,
  grpc,
  http,
  over,
  refused,
  scenario,
  served,
  type CredentialSpec,
  type KnownDeviation,
  type RefusalReason,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { as, authenticating, authenticatingV2, gateway, root, v2, withUsers } from './basic-setup.users.ts'
import { id, tlsVersions, type Tls } from './basic-setup.worlds.ts'

const acts = ['put', 'range'] as const
type Act = (typeof acts)[number]

const call = (act: Act, cn: string | undefined, key: string, version: Tls) =>
  grpc({
    scheme: 'https',
    call: act,
    request: act === 'put' ? { key, value: '1' } : { key },
    tls: { as: cn === undefined ? nameless : as(cn), version },
  })

/**
 * The name is then empty, which is nobody's (`AuthInfoFromTLS`, auth/store.go): etcd takes the call for one of an
 * unknown user, not for one without a user (`ErrUserEmpty`), which has no certificate at all.
 */
const nameless: CredentialSpec = { usages: ['clientAuth'] }

/** Who is turned away, from which key, and how etcd says so (`isOpPermitted`, auth/store.go). */
const refusals = {
  'outside-its-range': { cn: 'alice', key: 'secret', reason: 'permission-denied', control: 'app/key' },
  'other-user': { cn: 'bob', key: 'app/key', reason: 'permission-denied', control: 'app/key' },
  'unknown-user': { cn: 'mallory', key: 'app/key', reason: 'unknown-user', control: 'app/key' },
  'no-name': { cn: undefined, key: 'app/key', reason: 'unknown-user', control: 'app/key' },
} as const

const v2Acts = {
  put: (cn: string) => v2('keys/app/key', { method: 'PUT', body: 'value=1', tls: { as: as(cn) } }),
  range: (cn: string) => v2('keys/app/seed', { tls: { as: as(cn) } }),
}
const v2Refusals: Record<string, { cn: string; reason: RefusalReason }> = {
  'v2-other-user': { cn: 'bob', reason: 'v2-user-without-access' },
  'v2-unknown-user': { cn: 'mallory', reason: 'v2-guest-without-access' },
}

/** The gateway calls etcd with the server's certificate, whose name is not the client's (CVE-2018-16886). */
const ignoredByGateway: KnownDeviation[] = [
  {
    builds: '>=3.4.0',
    verdict: 'fail',
    seen: { status: 400, body: /^CommonName of client sending a request against gateway will be ignored/ },
    why: 'The gateway calls etcd with the server certificate, so a name from the client would be lost: such requests are turned away (accessController, embed/serve.go).',
  },
  {
    builds: '>=3.3.11 <3.4.0',
    verdict: 'fail',
    seen: { status: 400, body: /"error":"etcdserver: user name is empty"/ },
    why: 'The gateway calls etcd with the server certificate, and etcd takes no name from it: the request has no user (AuthInfoFromTLS, auth/store.go).',
  },
  {
    builds: '<3.3.11',
    verdict: 'fail',
    seen: { status: 403, body: /"error":"etcdserver: permission denied"/ },
    why: 'The gateway calls etcd with the server certificate, and etcd takes its name for the user (AuthInfoFromTLS, auth/store.go of 3.3.10).',
  },
]
const signIn = (cn?: string) =>
  http({
    scheme: 'https',
    path: '/v3/auth/authenticate',
    body: root,
    tls: { as: cn === undefined ? nameless : as(cn) },
  })

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'common-name-is-the-user': {
      says: 'With authentication on, the Common Name of the certificate is the user: its rights are what it may do.',
      cites: ['ba600a91'],
      ...over(
        {
          user: ['granted', 'outside-its-range', 'other-user', 'unknown-user', 'no-name'],
          act: acts,
          tls: tlsVersions,
        },
        ({ user, act, tls }) => {
          if (user === 'granted')
            return {
              given: authenticating,
              when: call(act, 'alice', 'app/key', tls),
              then: served(),
              unlike: call(act, 'bob', 'app/key', tls),
              needs: { tls },
            }
          const { cn, key, reason, control } = refusals[user]
          return {
            given: authenticating,
            when: call(act, cn, key, tls),
            then: refused(),
            because: { reason },
            unlike: call(act, 'alice', control, tls),
            without: withUsers,
            needs: { tls },
          }
        },
      ),
    },

    'common-name-over-http': {
      says: 'The Common Name is the user for requests over HTTP too: the v2 keys API and the gateway.',
      cites: ['ba600a91'],
      ...over(
        { client: ['v2-granted', 'v2-other-user', 'v2-unknown-user', 'gateway-granted'], act: acts },
        ({ client, act }) => {
          if (client === 'gateway-granted')
            return {
              given: authenticating,
              when: gateway(act, 'alice'),
              then: served(),
              known: ignoredByGateway,
            }
          const refusal = v2Refusals[client]
          if (refusal === undefined)
            return {
              given: authenticatingV2,
              when: v2Acts[act]('alice'),
              then: served(),
              unlike: v2Acts[act]('bob'),
            }
          return {
            given: authenticatingV2,
            when: v2Acts[act](refusal.cn),
            then: refused(),
            because: { reason: refusal.reason },
            unlike: v2Acts[act]('alice'),
          }
        },
      ),
    },

    'gateway-refuses-common-names': {
      says: 'While authentication is on, the gateway turns away a certificate with a Common Name and serves one without.',
      open: 'The page does not say what becomes of the Common Name over the gateway; this is what builds do.',
      given: authenticating,
      when: signIn('alice'),
      then: refused(),
      because: { reason: 'gateway-refuses-common-name' },
      unlike: signIn(),
      control: served({ contains: ['"token"'] }),
      needs: {
        etcd: {
          range: '>=3.4.0',
          why: 'the gateway of older lines lets the request through; common-name-over-http shows what comes of it',
        },
      },
      // The gateway asks for names only where certificates are demanded.
      without: changed(authenticating, { 'client-cert-auth': undefined }),
    },
  },
})
