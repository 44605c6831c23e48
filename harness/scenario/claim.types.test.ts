import { expect, test } from 'vitest'
import { certificateOf, clientRefuses, curl, etcd, http, notStarted, refused, scenario, starts } from './index.ts'

// What must not compile: `npm run check` fails when one of these errors goes away.
const given = etcd({ options: { 'host-whitelist': 'm1.etcd.local' } })
const when = http({ scheme: 'http', path: '/version' })
const says = 'a promise'

const complete = { says, given, when, then: refused(), because: { reason: 'host-not-whitelisted' }, unlike: when } as const

const declare = () => {
  scenario('page/section', { heading: 'a', claims: { complete } })
  // @ts-expect-error a refusal without its control
  scenario('page/section', { heading: 'a', claims: { a: { says, given, when, then: refused(), because: complete.because } } })
  // @ts-expect-error a refusal without its fingerprint
  scenario('page/section', { heading: 'a', claims: { a: { says, given, when, then: refused(), unlike: when } } })
  // @ts-expect-error a reason that is in no table
  scenario('page/section', { heading: 'a', claims: { a: { ...complete, because: { reason: 'it-failed' } } } })
  // @ts-expect-error a process that must not start, without the world that does
  scenario('page/section', { heading: 'a', claims: { a: { says, given, when: starts(), then: notStarted(), because: { failure: 'unknown-flag' } } } })
  // @ts-expect-error a client that refuses, without its own error
  scenario('page/section', { heading: 'a', claims: { a: { says, given, when: curl({ args: [] }), then: clientRefuses(), unlike: when } } })
  // @ts-expect-error a misspelt option
  etcd({ options: { 'host-whitelst': 'm1.etcd.local' } })
  // @ts-expect-error a certificate where a list belongs
  etcd({ options: { 'cipher-suites': certificateOf({}) } })
}

test('a complete refusal is taken', () => {
  expect(declare).not.toThrow()
})
