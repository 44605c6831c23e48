import { http, type ClientTls, type HttpProbe } from 'etcd-tls/scenario'

/** What this page's section has beside the worlds that both pages share. */
export const id = 'security-v2/basic-setup'
/** etcd 2 offers these three, and no Go of its time knew 1.3. */
export const tlsVersions = ['1.0', '1.1', '1.2'] as const

/** One request per family of endpoints (`NewClientHandler`, etcdserver/etcdhttp/client.go), and what only etcd answers. */
export const endpoints = {
  version: { path: '/version', says: '"etcdserver":"<version>"' },
  health: { path: '/health', says: '{"health": "true"}' },
  metrics: {
    path: '/metrics',
    lines: 'etcd_server_proposal_failed_total',
    says: 'etcd_server_proposal_failed_total 0',
  },
  'v2-keys': { path: '/v2/keys/', says: '"action":"get"' },
  'v2-members': { path: '/v2/members', says: '"name":"m1"' },
  'v2-stats': { path: '/v2/stats/self', says: '"name":"m1"' },
} as const satisfies Record<string, Partial<HttpProbe> & { says: string }>

export function request(family: keyof typeof endpoints, tls: ClientTls): HttpProbe {
  const { says: _, ...endpoint } = endpoints[family]
  return http({ scheme: 'https', tls, ...endpoint })
}
