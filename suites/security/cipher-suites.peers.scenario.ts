import {
  certificateOf,
  cluster,
  hello,
  http,
  joins,
  keyOf,
  over,
  peerPair,
  refused,
  scenario,
  served,
  type CredentialSpec,
  type MemberSpec,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { needsList } from './cipher-suites.worlds.ts'

/** The list becomes `tls.Config.CipherSuites` of the peer listener, too (updateCipherSuites, embed/etcd.go). */
const id = 'security/cipher-suites'
const aes128 = 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'
const aes256 = 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'
const chacha = 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256'
/** Under this name in every release that has lists; ChaCha20 got a longer one. */
const cbc = 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA'
const tripleDes = 'TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA'
/** The documented list. */
const list = [aes128, aes256]

const pairOf = (name: string): CredentialSpec => ({
  cn: `${name}.etcd.local`,
  hosts: [`${name}.etcd.local`, `@${name}`],
  key: 'rsa-2048',
})
const member = (name: string, options: MemberSpec['options']): MemberSpec => ({
  peer: 'https',
  options: { ...peerPair(pairOf(name)), 'cipher-suites': list, ...options },
})
/** Go's suites of TLS 1.3 cannot be configured, so the candidate speaks TLS 1.2; its own list is another one. */
const speaking12 = { 'tls-max-version': 'TLS1.2' } as const
const listing = cluster({
  members: {
    a: member('a', {}),
    c: member('c', {}),
    b: { role: 'candidate', ...member('b', speaking12) },
  },
})

const offering = (suite: string) =>
  http({
    to: 'a',
    listener: 'peer',
    scheme: 'https',
    path: '/members',
    tls: { as: { cn: 'peer' }, version: '1.2', ciphers: [suite] },
  })
const offeringByHand = (suite: string) =>
  hello({ to: 'a', listener: 'peer', versions: ['1.2'], suites: [suite] })
/** One member whose list holds what the other one leaves out. */
const wider = cluster({
  members: {
    a: {
      peer: 'https',
      options: {
        'peer-cert-file': certificateOf(pairOf('a')),
        'peer-key-file': keyOf(pairOf('a')),
        'cipher-suites': [...list, cbc, tripleDes],
      },
    },
  },
})

const withMaximum = {
  etcd: {
    range: '>=3.4.25 <3.5.0 || >=3.5.8',
    why: 'a member that speaks TLS 1.2 only needs --tls-max-version, which came with 3.4.25 and 3.5.8',
  },
}

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'applies-between-peers': {
      says: 'The list binds the peer port, too: who offers only suites outside it, a member that would join among them, is turned away.',
      cites: ['744d9711', 'a2b15418'],
      ...over({ as: ['member', 'client', 'hello'] }, ({ as }) => {
        const refusal = {
          given: listing,
          then: refused({ by: 'a' }),
          because: { reason: 'no-common-cipher' },
        } as const
        if (as === 'member')
          return {
            ...refusal,
            when: joins('b', { 'cipher-suites': [chacha] }),
            unlike: joins('b', { 'cipher-suites': [aes256] }),
            needs: withMaximum,
          }
        if (as === 'client')
          return {
            ...refusal,
            when: offering('ECDHE-RSA-AES256-SHA'),
            unlike: offering('ECDHE-RSA-AES128-GCM-SHA256'),
            control: served({ contains: ['"peerURLs"'], suite: aes128 }),
            without: wider,
            printed: { alert: 40 },
            needs: needsList,
          }
        return {
          ...refusal,
          when: offeringByHand(tripleDes),
          unlike: offeringByHand(aes128),
          control: served({ suite: aes128 }),
          without: wider,
          printed: { alert: 40 },
          needs: needsList,
        }
      }),
    },
  },
})
