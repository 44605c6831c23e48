import {
  certificateOf,
  changed,
  etcd,
  keyOf,
  notStarted,
  over,
  starts,
  type Claim,
  type CredentialSpec,
} from 'etcd-tls/scenario'
import { server } from './basic-setup.worlds.ts'

/** The same key in the same form, encrypted and not. `traditional` is PEM's own encryption (RFC 1421), `pkcs8` RFC 5958. */
const encryptions = ['traditional', 'pkcs8'] as const
const encrypted = (form: (typeof encryptions)[number]): CredentialSpec => ({
  ...server,
  key: 'rsa-2048',
  keyFormat: `encrypted-${form}`,
})
const readable = (form: (typeof encryptions)[number]): CredentialSpec => ({
  ...server,
  key: 'rsa-2048',
  keyFormat: form,
})

const withKey = (of: CredentialSpec) =>
  etcd({ client: 'https', options: { 'cert-file': certificateOf(of), 'key-file': keyOf(of) } })
const withPeerKey = (of: CredentialSpec) =>
  etcd({ peer: 'https', options: { 'peer-cert-file': certificateOf(of), 'peer-key-file': keyOf(of) } })

/** What both pages promise of keys, in the same sentences. */
export const claimsOfKeys = {
  'encrypted-key-is-refused': {
    says: 'The key of the client certificate must be unencrypted.',
    cites: ['7c76be2a'],
    ...over({ encryption: encryptions }, ({ encryption }) => ({
      given: withKey(encrypted(encryption)),
      when: starts(),
      then: notStarted(),
      because: { failure: `encrypted-key-${encryption}` },
      unlike: withKey(readable(encryption)),
    })),
  },

  'encrypted-peer-key-is-refused': {
    says: 'The key of the peer certificate must be unencrypted.',
    cites: ['025cfeff'],
    ...over({ encryption: encryptions }, ({ encryption }) => ({
      given: withPeerKey(encrypted(encryption)),
      when: starts(),
      then: notStarted(),
      because: { failure: `encrypted-peer-key-${encryption}` },
      unlike: withPeerKey(readable(encryption)),
    })),
  },

  'certificate-without-key': {
    says: 'Where a certificate is given the key must be given too, for clients and for peers.',
    cites: ['879664f3'],
    ...over({ listener: ['client', 'peer'] }, ({ listener }) => {
      const whole = listener === 'client' ? withKey(server) : withPeerKey(server)
      return {
        given: changed(
          whole,
          listener === 'client' ? { 'key-file': undefined } : { 'peer-key-file': undefined },
        ),
        when: starts(),
        then: notStarted(),
        because: {
          failure: listener === 'client' ? 'certificate-without-key' : 'peer-certificate-without-key',
        },
        unlike: whole,
      }
    }),
  },
} as const satisfies Record<string, Claim>
