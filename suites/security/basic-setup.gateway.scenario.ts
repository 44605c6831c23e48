import {
  certificateOf,
  changed,
  grpc,
  keyOf,
  over,
  refused,
  scenario,
  type KnownDeviation,
  type WorldSpec,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { as, authenticating, gateway, withUsers } from './basic-setup.users.ts'
import { id, server } from './basic-setup.worlds.ts'

/** The server's own certificate has the name of a user with rights; the gateway calls etcd with it. */
const asAlice = (world: WorldSpec): WorldSpec => {
  const pair = { ...server, cn: 'alice' }
  return changed(world, { 'cert-file': certificateOf(pair), 'key-file': keyOf(pair) })
}
const others = { 'other-user': 'bob', 'unknown-user': 'mallory' } as const
const requests = { put: { key: 'app/key', value: '1' }, range: { key: 'app/key' } } as const

const lendsItsName: KnownDeviation = {
  builds: '<3.3.11',
  verdict: 'fail',
  seen: { status: 200, body: /^\{"header":/ },
  why: "The gateway calls etcd with the server certificate, and etcd takes its name for the user (AuthInfoFromTLS, auth/store.go of 3.3.10): whoever comes has that user's rights (CVE-2018-16886).",
}

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'gateway-lends-no-name': {
      says: 'Over the gateway, too, who has no rights is turned away, though the server certificate has the name of a user with rights.',
      cites: ['ba600a91'],
      ...over({ user: ['other-user', 'unknown-user'], act: ['put', 'range'] }, ({ user, act }) => ({
        given: asAlice(authenticating),
        when: gateway(act, others[user]),
        then: refused(),
        because: { reason: 'gateway-refuses-common-name' },
        // No certificate with a name is served over the gateway; over gRPC the user with rights is.
        unlike: grpc({ scheme: 'https', call: act, request: requests[act], tls: { as: as('alice') } }),
        without: asAlice(withUsers),
        known: lendsItsName,
      })),
    },
  },
})
