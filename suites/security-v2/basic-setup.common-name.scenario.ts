import {
  changed,
  over,
  refused,
  scenario,
  served,
  type HttpProbe,
  type KnownDeviation,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { as, authenticatingV2, v2 } from '../security/basic-setup.users.ts'
import { id } from './basic-setup.worlds.ts'

/** The v2 API is always there. alice may do everything below /app, bob nothing, mallory is no user. */
const authenticating = changed(authenticatingV2, { 'enable-v2': undefined })
const acts = {
  put: { path: 'keys/app/key', method: 'PUT', body: 'value=1', says: '"action":"set"' },
  range: { path: 'keys/app/seed', method: 'GET', says: '"action":"get"' },
} as const
type Act = keyof typeof acts

/** With a certificate of this name, and, where one is given, this user's name and password (RFC 7617). */
function ask(act: Act, cn: string, user?: string): HttpProbe {
  const { path, says: _, ...request } = acts[act]
  const word = Buffer.from(`${user ?? ''}:unused`).toString('base64')
  return v2(path, {
    ...request,
    tls: { as: as(cn) },
    ...(user === undefined ? {} : { headers: { Authorization: `Basic ${word}` } }),
  })
}

/**
 * Certificates of who must not be served. The refusal is the guest's, as it is everybody's: only alice's shows whether
 * the name is read.
 */
const withoutRights = { 'other-user': 'bob', 'unknown-user': 'mallory' } as const

const onlyPasswords = (act: Act): KnownDeviation => ({
  verdict: 'fail',
  seen: {
    status: 401,
    body: /"errorCode":110,"message":"The request requires user authentication"/,
    log: new RegExp(
      `auth: invalid access for unauthenticated user on resource /${acts[act].path.slice(5)}\\.`,
    ),
  },
  why: 'etcd 2.3.8 does not look at the Common Name: who sends no user and password is the guest (hasKeyPrefixAccess, etcdserver/etcdhttp/client_auth.go). Etcd 3.0 began to (userFromClientCertificate); the page of 2.3.8 itself does not have the sentence, editions from 3.2.0 on do.',
})

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'common-name-is-the-user': {
      says: 'With authentication on, the Common Name of the certificate is the user: its rights are what it may do; who has none is turned away, by etcd 2 as the guest.',
      cites: ['ba600a91'],
      ...over({ user: ['granted', 'other-user', 'unknown-user'], act: ['put', 'range'] }, ({ user, act }) =>
        user === 'granted'
          ? {
              given: authenticating,
              when: ask(act, 'alice'),
              then: served({ contains: [acts[act].says] }),
              unlike: ask(act, 'bob'),
              known: onlyPasswords(act),
            }
          : {
              given: authenticating,
              when: ask(act, withoutRights[user]),
              then: refused(),
              because: { reason: 'v2-guest-without-access' },
              unlike: ask(act, withoutRights[user], 'alice'),
              control: served({ contains: [acts[act].says] }),
            },
      ),
    },

    'password-is-the-user': {
      says: 'With authentication on, the name and password of the request are the user, whatever name the certificate has.',
      open: 'The page speaks of the Common Name only; this is what etcd 2 goes by.',
      ...over({ user: ['granted', 'other-user'], act: ['put', 'range'] }, ({ user, act }) =>
        user === 'granted'
          ? {
              given: authenticating,
              when: ask(act, 'bob', 'alice'),
              then: served({ contains: [acts[act].says] }),
              unlike: ask(act, 'alice', 'bob'),
            }
          : {
              given: authenticating,
              when: ask(act, 'alice', 'bob'),
              then: refused(),
              because: { reason: 'v2-user-without-access' },
              unlike: ask(act, 'alice', 'alice'),
              control: served({ contains: [acts[act].says] }),
            },
      ),
    },
  },
})
