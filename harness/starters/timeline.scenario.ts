import { certificateOf, etcd, http, keyOf, kept, scenario, timeline } from 'etcd-tls/scenario'

// Certificates are described, and minted anew for every run. `@m1` is the address that the member gets.
const first = { cn: 'first', hosts: ['m1.etcd.local', '@m1'] }
const second = { ...first, cn: 'second' }
const options = { 'cert-file': certificateOf(first), 'key-file': keyOf(first) }
const renewed = { 'cert-file': certificateOf(second), 'key-file': keyOf(second) }
const ask = http({ scheme: 'https', path: '/version', tls: {} })

export default scenario('mine/first', {
  heading: 'What this file is about',
  claims: {
    'renewed-pair-is-shown': {
      says: 'After the pair was replaced a new connection shows the new one, and an open one lives on.',
      // Files that change lie in a mounted folder.
      given: etcd({ client: 'https', options, files: 'mounted' }),
      // Steps in order; each must come out as it says. There are also `restart` and `expire`.
      when: timeline([
        { do: 'hold', name: 'open', probe: ask },
        { do: 'connect', name: 'before', probe: ask, shows: first },
        { do: 'rotate', of: 'm1', how: 'rename', files: renewed },
        { do: 'connect', name: 'after', probe: ask, shows: second },
        { do: 'use', name: 'open' },
      ]),
      then: kept(),
    },
  },
})
