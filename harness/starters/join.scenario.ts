import { cluster, joins, peerPair, refused, scenario } from 'etcd-tls/scenario'

// A real member tries to join a cluster of two. Addresses are as a page would print them; `@b` is that of b.
// peerPair() gives a member its peer certificate and demands one of the others.
const world = cluster({
  members: {
    a: { at: '10.138.0.10', peer: 'https', options: peerPair({ hosts: ['@a'] }) },
    c: { at: '10.138.0.11', peer: 'https', options: peerPair({ hosts: ['@c'] }) },
    // A candidate is started by joins() only.
    b: { role: 'candidate', at: '10.138.0.2', peer: 'https', options: peerPair({ hosts: ['@b'] }) },
  },
})

export default scenario('mine/first', {
  heading: 'What this file is about',
  claims: {
    'wrong-address-is-refused': {
      says: 'A member whose certificate names another address does not join.',
      given: world,
      // What differs from the options of b.
      when: joins('b', peerPair({ hosts: ['10.138.0.27'] })),
      // `a` is asked, and its log must have the reason for the address of b.
      then: refused({ by: 'a' }),
      because: { reason: 'ip-san-mismatch' },
      // The control: the same join with the one thing put right, which the same cluster accepts.
      unlike: joins('b'),
    },
  },
})
