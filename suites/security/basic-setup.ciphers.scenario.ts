import {
  certificateOf,
  etcd,
  hello,
  keyOf,
  over,
  refused,
  scenario,
  served,
  started,
  starts,
  ways,
  type CredentialSpec,
  type Way,
} from 'etcd-tls/scenario'
import { absentIn, absentSuites, defaultSuites, goSuites } from '../../fixtures/go-ciphers.ts'
import { headingOf } from '../../fixtures/pages.ts'
import { needsList } from './cipher-suites.worlds.ts'
import { id, server } from './basic-setup.worlds.ts'

/** Both listeners show the same certificate; its key decides which suites can be picked at all. */
const world = (of: CredentialSpec, list: { 'cipher-suites'?: string }, way: Way = 'flag') =>
  etcd({
    client: 'https',
    peer: 'https',
    way,
    options: {
      'cert-file': certificateOf(of),
      'key-file': keyOf(of),
      'peer-cert-file': certificateOf(of),
      'peer-key-file': keyOf(of),
      ...list,
    },
  })
const keys = { rsa: { ...server, key: 'rsa-2048' }, ecdsa: { ...server, key: 'p-256' } } as const
/** An empty list that etcd reads as one, see `empty-cipher-suites-start`. */
const empty = { 'cipher-suites': '' }
const lists = {
  none: { rsa: world(keys.rsa, {}), ecdsa: world(keys.ecdsa, {}) },
  empty: { rsa: world(keys.rsa, empty, 'config-file'), ecdsa: world(keys.ecdsa, empty, 'config-file') },
}

const names = (suites: typeof goSuites) => suites.map(({ name }) => name.replaceAll('_', '-'))
const suiteOf = (axis: string) => {
  const found = goSuites.find(({ name }) => name === axis.replaceAll('-', '_'))
  if (found === undefined) throw new Error(`fixtures/go-ciphers.ts knows no suite ${axis}`)
  return found
}
/** A suite that every Go picks, for the control. */
const common = {
  rsa: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  ecdsa: 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
} as const

const offer = (suite: string, listener: 'client' | 'peer') =>
  hello({ versions: ['1.2'], suites: [suite], listener })
const why = 'the defaults are those of Go itself (defaultCipherSuites, crypto/tls)'

export default scenario(id, {
  heading: headingOf(id),
  core: ['cipher-suites-off-by-default'],
  claims: {
    'cipher-suites-by-default': {
      says: "With no list, and with an empty one, etcd takes each TLS 1.2 suite of Go's own choice, towards clients and peers.",
      cites: ['744d9711'],
      ...over(
        { list: ['none', 'empty'], listener: ['client', 'peer'], suite: names(defaultSuites) },
        ({ list, listener, suite }) => {
          const { name, key, goes } = suiteOf(suite)
          return {
            given: lists[list][key],
            when: offer(name, listener),
            then: served({ suite: name, tls: '1.2' }),
            needs: { go: { range: goes, why } },
          }
        },
      ),
    },

    'cipher-suites-off-by-default': {
      says: "With no list, and with an empty one, a suite that is not Go's own choice is not taken.",
      cites: ['744d9711'],
      ...over(
        { list: ['none', 'empty'], listener: ['client', 'peer'], suite: names(absentSuites) },
        ({ list, listener, suite }) => {
          const absent = suiteOf(suite)
          return {
            given: lists[list][absent.key],
            when: offer(absent.name, listener),
            then: refused(),
            because: { reason: 'no-common-cipher' },
            unlike: offer(common[absent.key], listener),
            needs: { go: { range: absentIn(absent), why } },
          }
        },
      ),
    },

    'cipher-suites-available-from': {
      says: 'The option that lists suites is there.',
      cites: ['195e3f20'],
      since: ['3.2.22', '3.3.7', '3.4.0'],
      before: {
        how: 'the option is not known',
        seen: { exit: 2, log: /^flag provided but not defined: -cipher-suites$/ },
      },
      given: world(keys.rsa, { 'cipher-suites': common.rsa }),
      when: starts(),
      then: started(),
    },

    'empty-cipher-suites-start': {
      says: 'An empty list is taken for no list, however it is given.',
      cites: ['744d9711'],
      ...over({ way: ways }, ({ way }) => ({
        given: world(keys.rsa, empty, way),
        when: starts(),
        then: started(),
        needs: needsList,
        ...(way === 'flag'
          ? {
              known: {
                verdict: 'fail',
                seen: { started: false, exit: 1, log: /unexpected TLS cipher suite \\?"\\?"/ },
                why: 'An empty flag is split into one empty name (StringsValue.Set, pkg/flags/strings.go), which is no suite; an empty variable is not read.',
              } as const,
            }
          : {}),
      })),
    },
  },
})
