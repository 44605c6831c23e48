import {
  changed,
  cluster,
  http,
  peerPair,
  type ClientTls,
  type CredentialSpec,
  type HttpProbe,
  type MemberSpec,
} from 'etcd-tls/scenario'

/**
 * Members of etcd 2. It logs no refused connection: every refusal needs the world without the guard, where the same
 * candidate joins. The candidates listen in clear, so that their certificate counts only where they dial; else the
 * others could not dial them back in that world.
 */
export const pairOf = (name: string): CredentialSpec => ({
  cn: `${name}.etcd.local`,
  hosts: [`${name}.etcd.local`, `@${name}`],
})
const member = (name: string): MemberSpec => ({ peer: 'https', options: peerPair(pairOf(name)) })
/** `b` and `n` come in clear: `b` with a pair like the others, `n` with none. `s` listens with TLS, too. */
export const guarded = cluster({
  authorities: { ca: {}, intermediate: { issuedBy: 'ca' }, other: {} },
  members: {
    a: member('a'),
    c: member('c'),
    b: { role: 'candidate', options: peerPair(pairOf('b')) },
    n: {
      role: 'candidate',
      options: { 'peer-trusted-ca-file': peerPair(pairOf('n'))['peer-trusted-ca-file'] },
    },
    s: { role: 'candidate', ...member('s') },
  },
})
/** The members ask nobody for a certificate, and trust the CA where they dial. */
export const unguarded = changed(
  changed(guarded, { 'peer-client-cert-auth': undefined }, 'a'),
  { 'peer-client-cert-auth': undefined },
  'c',
)

/** A raw client on the peer port. */
export const names = (tls: ClientTls, to = 'a'): HttpProbe =>
  http({ to, listener: 'peer', scheme: 'https', path: '/members', tls })
/** What only a member answers there. */
export const answersNames = ['"peerURLs"', '"name"']
/** A client that is no member. */
export const anybody = { cn: 'peer' }
