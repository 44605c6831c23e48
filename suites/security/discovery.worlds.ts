import { http } from 'etcd-tls/scenario'

/** The service of both pages' example is an etcd with the v2 API (`JoinCluster`, v2discovery). */
const tokenPath = '/v2/keys/discovery/9d2c5e7a3b1f4860'

export const discoveryUrl = `http://@discovery:2379${tokenPath}`

/** Whoever asks for a token writes down the size of the cluster. */
export const sizeWrittenDown = http({
  to: 'discovery',
  scheme: 'http',
  method: 'PUT',
  path: `${tokenPath}/_config/size`,
  body: 'value=2',
})
