import { certificateOf, changed, etcd, keyOf, notStarted, scenario, starts } from 'etcd-tls/scenario'

// A world: what etcd is started with. Certificates are described, and minted anew for every run.
// `@m1` is the address that the member gets; a member that is not named otherwise is m1, m1.etcd.local.
const server = { hosts: ['m1.etcd.local', '@m1'] }
const whole = etcd({
  client: 'https',
  options: { 'cert-file': certificateOf(server), 'key-file': keyOf(server) },
})

export default scenario('mine/first', {
  heading: 'What this file is about',
  claims: {
    'half-a-pair-does-not-start': {
      says: 'An etcd that is given a certificate without its key ends with an error.',
      // `undefined` takes an option away.
      given: changed(whole, { 'key-file': undefined }),
      when: starts(),
      // started({ logs: ['…'] }) is the other outcome; it needs no `because` and no control.
      then: notStarted(),
      // Why: a name in the tables, which say what each release exits with and what it writes.
      because: { failure: 'certificate-without-key' },
      // The control: the world with the one thing put right, which starts.
      unlike: whole,
    },
  },
})
