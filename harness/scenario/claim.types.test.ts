import { expect, test } from 'vitest'
import {
  certificateOf,
  clientRefuses,
  curl,
  etcd,
  http,
  notStarted,
  refused,
  starts,
  type Claim,
} from './index.ts'

// What must not compile: `npm run check` fails when one of these errors goes away.
const given = etcd({ options: { 'host-whitelist': 'm1.etcd.local' } })
const when = http({ scheme: 'http', path: '/version' })
const base = { says: 'a promise', given }
const because = { reason: 'host-not-whitelisted' } as const
const take = (claim: Claim): Claim => claim

const declare = () => {
  take({ ...base, when, then: refused(), because, unlike: when })
  // @ts-expect-error a refusal without its control
  take({ ...base, when, then: refused(), because })
  // @ts-expect-error a refusal without its fingerprint
  take({ ...base, when, then: refused(), unlike: when })
  // @ts-expect-error a reason that is in no table
  take({ ...base, when, then: refused(), because: { reason: 'it-failed' }, unlike: when })
  // @ts-expect-error a process that must not start, without the world that does
  take({ ...base, when: starts(), then: notStarted(), because: { failure: 'unknown-flag' } })
  // @ts-expect-error a client that refuses, without its own error
  take({ ...base, when: curl({ args: [] }), then: clientRefuses(), unlike: when })
  // @ts-expect-error a misspelt option
  etcd({ options: { 'host-whitelst': 'm1.etcd.local' } })
  // @ts-expect-error a certificate where a list belongs
  etcd({ options: { 'cipher-suites': certificateOf({}) } })
}

test('a complete refusal is taken', () => {
  expect(declare).not.toThrow()
})
