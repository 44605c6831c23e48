import {
  changed,
  etcd,
  http,
  over,
  refused,
  scenario,
  served,
  type HttpProbe,
  type KnownDeviation,
  type Needs,
  type Served,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'

/** `accessController.ServeHTTP` (embed/serve.go) asks the list whatever the path and the method are, request by request. */
const id = 'security/host-whitelist'
const listed = 'm1.etcd.local'
const listing = etcd({ options: { 'host-whitelist': listed } })

interface Endpoint {
  readonly path: string
  /** What a listed Host is answered. */
  readonly status: number
  readonly says: string
  readonly needs?: Needs
}
const probes: Needs = {
  etcd: { range: '>=3.4.29 <3.5.0-0 || >=3.5.11', why: 'before, etcd has neither /livez nor /readyz' },
}
/** Beside those that the file next to this one asks: what came later, what debugs, and what is not there. */
const endpoints = {
  livez: { path: '/livez', status: 200, says: 'ok\n', needs: probes },
  readyz: { path: '/readyz', status: 200, says: 'ok\n', needs: probes },
  debug: { path: '/debug/vars', status: 200, says: '"cmdline"' },
  unknown: { path: '/no-such-path', status: 404, says: '404 page not found' },
} as const satisfies Record<string, Endpoint>

/** The metrics are given for every method (promhttp.Handler); OPTIONS is answered by the controller itself. */
const methods = {
  HEAD: {},
  OPTIONS: {},
  PUT: { contains: ['etcd_server_version{server_version="<version>"} 1'] },
  DELETE: { contains: ['etcd_server_version{server_version="<version>"} 1'] },
} as const satisfies Record<string, Omit<Served, 'outcome'>>

const cameWith34: KnownDeviation = {
  builds: '<3.4.0',
  verdict: 'fail',
  seen: { started: false, log: /flag provided but not defined: -host-whitelist/ },
  why: 'The page prints --host-whitelist in its v3.3 edition, but the option came with 3.4.0.',
}
const asked = (request: Omit<HttpProbe, 'kind' | 'to' | 'scheme'>, control: Served) => {
  const ask = (host: string) => http({ scheme: 'http', ...request, host })
  return {
    given: listing,
    when: ask('attacker.example'),
    then: refused(),
    because: { reason: 'host-not-whitelisted' },
    unlike: ask(listed),
    control,
    without: changed(listing, { 'host-whitelist': undefined }),
    known: cameWith34,
  } as const
}

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'holds-for-every-path': {
      says: 'A Host that is not on the list is turned away from what looks after etcd, too, and from what is not there.',
      cites: ['4469ba7e', '879a735f'],
      ...over({ path: ['livez', 'readyz', 'debug', 'unknown'] }, ({ path: name }) => {
        const { path, status, says, needs }: Endpoint = endpoints[name]
        return { ...asked({ path }, served({ status, contains: [says] })), ...(needs && { needs }) }
      }),
    },

    'holds-for-every-method': {
      says: 'A Host that is not on the list is turned away whatever the method of its request is.',
      cites: ['4469ba7e', '879a735f'],
      ...over({ method: ['HEAD', 'OPTIONS', 'PUT', 'DELETE'] }, ({ method }) =>
        asked({ path: '/metrics', lines: 'etcd_server_version', method }, served(methods[method])),
      ),
    },

    'holds-for-every-request-of-a-connection': {
      says: 'A Host that is not on the list is turned away on a connection, too, on which a listed one was answered.',
      cites: ['4469ba7e', '879a735f'],
      ...asked({ path: '/version', afterHost: listed }, served({ contains: ['"etcdserver":"<version>"'] })),
    },
  },
})
