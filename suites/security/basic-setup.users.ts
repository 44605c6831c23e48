import {
  grpc,
  http,
  type CredentialSpec,
  type GrpcCall,
  type HttpProbe,
  type WorldSpec,
} from 'etcd-tls/scenario'
import { changed } from 'etcd-tls/scenario'
import { client, demanding } from './basic-setup.worlds.ts'

/** alice may read and write below `app`, bob has no role, mallory is no user: known by certificate only. */
export const as = (cn: string): CredentialSpec => ({ ...client, cn })
export const root = { name: 'root', password: 'toor' }

/** Until authentication is on, every certificate of the CA may do everything. */
const prepare = (call: GrpcCall, request: Record<string, unknown> = {}) =>
  grpc({ scheme: 'https', tls: { as: client }, call, request })

/** Users and their rights are there, authentication is off. */
export const withUsers: WorldSpec = {
  ...demanding,
  setup: [
    // 3.4.0 keeps no password where no options come with it (UserAdd, auth/store.go).
    prepare('userAdd', { ...root, options: { no_password: false } }),
    prepare('roleAdd', { name: 'root' }),
    prepare('userGrantRole', { user: 'root', role: 'root' }),
    prepare('roleAdd', { name: 'app' }),
    prepare('roleGrantPermission', {
      name: 'app',
      perm: { permType: 'READWRITE', key: 'app/', range_end: 'app0' },
    }),
    prepare('userAdd', { name: 'alice', options: { no_password: true } }),
    prepare('userAdd', { name: 'bob', options: { no_password: true } }),
    prepare('userGrantRole', { user: 'alice', role: 'app' }),
  ],
}
/** Authentication is on: the last act that a certificate alone may do. */
export const authenticating: WorldSpec = {
  ...withUsers,
  setup: [...withUsers.setup, prepare('authEnable')],
}

/** A request to the v2 API as curl would make it. */
export const v2 = (path: string, what: Partial<HttpProbe> = {}): HttpProbe =>
  http({ scheme: 'https', path: `/v2/${path}`, tls: { as: client }, ...what })
const put = (path: string, body?: HttpProbe['body'], more: Partial<HttpProbe> = {}) =>
  v2(path, { method: 'PUT', ...(body === undefined ? {} : { body }), ...more })
/** etcd 2 looks for the version of its cluster every half second (`capabilityLoop`, etcdserver/etcdhttp). */
const soon = { whileSaying: 'Not capable of accessing auth feature' }
const rights = (below: readonly string[]) => ({ kv: { read: below, write: below } })

/**
 * The same users in the v2 API. Its guest, which is everybody without a name, may do everything by default
 * (`guestRole`, v2auth/auth.go); here it may do nothing.
 */
export const authenticatingV2: WorldSpec = {
  ...changed(demanding, { 'enable-v2': true }),
  setup: [
    put('keys/app/seed', 'value=1'),
    put('auth/users/root', { user: 'root', password: root.password }, soon),
    put('auth/roles/app', { role: 'app', permissions: rights(['/app/*']) }),
    put('auth/roles/guest', { role: 'guest', permissions: rights([]) }),
    put('auth/users/alice', { user: 'alice', password: 'unused', roles: ['app'] }),
    put('auth/users/bob', { user: 'bob', password: 'unused' }),
    put('auth/enable'),
  ],
}

/** Base64, as the gateway's JSON wants keys and values: app/key and 1. */
const encoded = { key: 'YXBwL2tleQ==', value: 'MQ==' }
const gatewayActs = {
  put: { path: '/v3/kv/put', body: encoded },
  range: { path: '/v3/kv/range', body: { key: encoded.key } },
}
export const gateway = (act: keyof typeof gatewayActs, cn: string): HttpProbe =>
  http({ scheme: 'https', ...gatewayActs[act], tls: { as: as(cn) } })
