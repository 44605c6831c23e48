import { changed, etcd, http, over, refused, scenario, served } from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'

const id = 'security/host-whitelist'
/** etcd sorts them as texts (`NewURLs`, client/pkg/types): beside a lower port the one that is asked is the second. */
const beside = { first: '2389', second: '2369' }
const listed = (asked: keyof typeof beside) =>
  etcd({
    options: {
      'listen-client-urls': [`http://0.0.0.0:${beside[asked]}`, 'http://0.0.0.0:2379'],
      'host-whitelist': 'm1.etcd.local',
    },
  })
const ask = (host: string) => http({ scheme: 'http', path: '/version', host })

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'holds-for-every-listen-url': {
      says: 'Of two URLs that clients are listened for at, each turns away a Host that is not on the list.',
      cites: ['4469ba7e'],
      ...over({ asked: ['first', 'second'] }, ({ asked }) => ({
        given: listed(asked),
        when: ask('attacker.example'),
        then: refused(),
        because: { reason: 'host-not-whitelisted' },
        unlike: ask('m1.etcd.local'),
        control: served({ contains: ['"etcdserver":"<version>"'] }),
        without: changed(listed(asked), { 'host-whitelist': undefined }),
        known: {
          builds: '<3.4.0',
          verdict: 'fail',
          seen: { started: false, log: /flag provided but not defined: -host-whitelist/ },
          why: 'The page prints --host-whitelist in its v3.3 edition, but the option came with 3.4.0.',
        },
      })),
    },
  },
})
