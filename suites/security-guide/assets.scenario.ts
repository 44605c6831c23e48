import {
  follows,
  forms,
  grpc,
  http,
  notFormed,
  over,
  refused,
  scenario,
  served,
  type ClientTls,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { client, misprofiled, peerPairOf, serverPair, single, twoWith } from './guide.worlds.ts'

/** The guide's certificates, made by its commands with the real cfssl. */
const id = 'security-guide/assets'
const answersVersion = ['"etcdserver":"<version>"']

/** The only suite offered authenticates the server with ECDSA (RFC 5289 3.2). */
const ecdsaOnly = { version: '1.2', ciphers: ['ECDHE-ECDSA-AES128-GCM-SHA256'] } as const satisfies ClientTls
const suite = 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'
const askAsPeer = (tls: ClientTls) =>
  http({ scheme: 'https', listener: 'peer', from: 'second', path: '/version', tls })

const printedAssets = [
  'ca-key.pem',
  'ca.pem',
  ...[1, 2, 3].flatMap((n) =>
    ['peer-key', 'peer', 'server-key', 'server'].map((what) => `member-${String(n)}-${what}.pem`),
  ),
]
const printedProfiles = ['ca.json', 'client.json', 'config.json', 'peer.json', 'server.json']
const branches = (names: readonly string[], before: string): string[] =>
  names.map((name, n) => `${before}${n === names.length - 1 ? '└── ' : '├── '}${name}`)
const printedFolder = [
  'tls/',
  '├── assets',
  ...branches(printedAssets, '│   '),
  '└── profiles',
  ...branches(printedProfiles, '    '),
  '',
  '2 directories, 19 files',
].join('\n')

const good = 'prime256v1, 43800 h'
const signed = (cn: string): string => `CN=${cn}, signed by CN=etcd-ca`
const certificates = [
  `ca.pem: ${signed('etcd-ca')}`,
  `client.pem: ${signed('root')}, no name, clientAuth, ${good}`,
  ...[1, 2, 3].flatMap((n) => [
    `member-${String(n)}-peer.pem: ${signed('etcd-member')}, DNS:etcd-${String(n)}.local, serverAuth and clientAuth, ${good}`,
    `member-${String(n)}-server.pem: ${signed('etcd-server')}, DNS:etcd-${String(n)}.local, serverAuth, ${good}`,
  ]),
]

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'cfssl-commands': {
      says: 'The commands, given to the real cfssl, make the authority, a client pair, and a peer and a server pair per member.',
      cites: ['ea1210f5', 'ccd37997'],
      given: single,
      when: follows('cfssl-guide'),
      then: served({ contains: certificates }),
    },

    'printed-folder': {
      says: 'The commands leave the printed folder.',
      cites: ['7886a9b7'],
      given: single,
      when: follows('cfssl-guide'),
      then: served({ contains: [...printedAssets, ...printedProfiles] }),
      printed: { text: printedFolder, in: 'output' },
      known: {
        verdict: 'drift',
        seen: { body: /client-key\.pem\n[\s\S]*client\.pem\n[\s\S]*2 directories, 21 files/ },
        why: "The printed folder lacks the client pair that the guide's own commands make and that it uses afterwards.",
      },
    },

    profiles: {
      says: 'Pairs on P-256 made with the profiles server, client and peer do what they are for.',
      cites: ['176d99b0', 'dde7d626', 'b59a0ddd', 'ccd37997'],
      ...over({ profile: ['server', 'client', 'peer'] }, ({ profile }) => ({
        given: single,
        ...(profile === 'server'
          ? {
              when: http({ scheme: 'https', path: '/version', tls: { ...ecdsaOnly, as: client } }),
              then: served({ contains: answersVersion, verified: true, suite, shows: serverPair(1) }),
            }
          : profile === 'client'
            ? {
                when: grpc({
                  scheme: 'https',
                  call: 'put',
                  request: { key: 'foo', value: 'bar' },
                  tls: { as: client },
                }),
                then: served({ contains: ['"revision"'] }),
              }
            : {
                when: askAsPeer({ ...ecdsaOnly, as: peerPairOf(2) }),
                then: served({ contains: answersVersion, verified: true, suite, shows: peerPairOf(1) }),
                unlike: askAsPeer({ ...ecdsaOnly, as: misprofiled('server', 2) }),
              }),
      })),
    },

    'peer-pair-needs-both-usages': {
      says: 'The peer pair serves and dials: made with the profile of servers or of clients alone it does not do.',
      cites: ['dde7d626', '1386be3a'],
      ...over({ lacks: ['client-auth', 'server-auth'] }, ({ lacks }) =>
        lacks === 'client-auth'
          ? {
              given: single,
              when: askAsPeer({ as: misprofiled('server', 2) }),
              then: refused(),
              because: { reason: 'wrong-usage' },
              unlike: askAsPeer({ as: peerPairOf(2) }),
              control: served({ contains: answersVersion }),
            }
          : {
              given: twoWith((n) => misprofiled('client', n)),
              when: forms({ to: 'infra1', tls: { as: client } }),
              then: notFormed({ by: 'infra1', from: 'infra2' }),
              because: { reason: 'client-sent-bad-certificate' },
              unlike: twoWith(peerPairOf),
            },
      ),
    },
  },
})
