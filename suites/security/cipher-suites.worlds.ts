import type { Needs } from 'etcd-tls/scenario'

/** Of what lists cipher suites; that an earlier build has no list is `cipher-suites-available-from`. */
export const needsList: Needs = {
  etcd: { range: '>=3.3.7', why: 'the page gives --cipher-suites to v3.3.7 and later' },
}
