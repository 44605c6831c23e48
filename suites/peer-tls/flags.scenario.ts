import {
  authority,
  cluster,
  formed,
  forms,
  over,
  peerPair,
  refused,
  scenario,
  served,
  started,
  starts,
  type ClientTls,
  type KnownDeviation,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import {
  answersNames,
  authorities,
  bySystemAuthorities,
  commonName,
  every,
  names,
  pairAlone,
  pairOf,
  rogue,
} from './peers.worlds.ts'

/**
 * The article configures peers with --trusted-ca-file and --cert-allowed-cn. The first is the client listener's
 * (embed/config.go: ClientTLSInfo.TrustedCAFile, PeerTLSInfo has --peer-trusted-ca-file), the second no etcd has;
 * client URLs are https without a certificate (configureClientListeners, embed/etcd.go).
 */
const id = 'peer-tls/flags'
const list = every.join(',')
const asPrinted = { ...pairAlone('n1'), 'trusted-ca-file': authority() }
const named = `--cert-allowed-cn=${list}`

const printed = cluster({
  authorities,
  members: { n1: { client: 'https', peer: 'https', options: asPrinted, literal: [named] } },
})
const butTheName = cluster({
  authorities,
  members: { n1: { client: 'https', peer: 'https', options: asPrinted } },
})
const nameAlone = cluster({
  authorities,
  members: { n1: { peer: 'https', options: peerPair(pairOf('n1')), literal: [named] } },
})
const nameAsVariable = cluster({
  authorities,
  members: {
    n1: { peer: 'https', options: peerPair(pairOf('n1')), environment: { ETCD_CERT_ALLOWED_CN: list } },
  },
})
const clientAuthority = cluster({ authorities, members: { n1: { peer: 'https', options: asPrinted } } })
const twoWithClientAuthority = cluster({
  authorities,
  members: {
    n1: { peer: 'https', options: asPrinted },
    n2: { peer: 'https', options: { ...pairAlone('n2'), 'trusted-ca-file': authority() } },
  },
})
const noSuchFlag: KnownDeviation = {
  verdict: 'fail',
  seen: { started: false, exit: 2, log: /flag provided but not defined: -cert-allowed-cn/ },
  why: 'No release of etcd has --cert-allowed-cn; the option is --peer-cert-allowed-cn, since 3.3.0.',
}
const noCertificate: KnownDeviation = {
  verdict: 'fail',
  seen: {
    started: false,
    exit: 1,
    log: /TLS key\/cert \(--cert-file, --key-file\) must be provided for client url/,
  },
  why: 'The printed client URLs are https, and no --cert-file is printed: etcd ends (configureClientListeners, embed/etcd.go).',
}
const ignoredVariable: KnownDeviation = {
  verdict: 'fail',
  seen: { status: 200, log: /unrecognized environment variable.*ETCD_CERT_ALLOWED_CN=/ },
  why: 'There is no option behind the variable: etcd warns of it and accepts any name.',
}
const clientSideOnly: KnownDeviation = {
  verdict: 'fail',
  seen: { status: 200 },
  why: '--trusted-ca-file is for the client listener; peers are checked by --peer-trusted-ca-file (embed/config.go).',
}
const systemAuthorities = bySystemAuthorities(
  '--trusted-ca-file is for the client listener; who dials a peer without --peer-trusted-ca-file knows the authorities of the system only (ClientConfig, transport/listener.go).',
)
const unverified: Readonly<Record<'none' | 'other-authority', ClientTls>> = {
  none: {},
  'other-authority': { as: { cn: commonName('n2'), issuer: 'other' } },
}
export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'command-as-printed-starts': {
      says: 'The printed command line starts a node.',
      cites: ['9d504842'],
      ...over({ flags: ['as-printed', 'without-cert-allowed-cn'] }, ({ flags }) =>
        flags === 'as-printed'
          ? { given: printed, when: starts('n1'), then: started(), known: noSuchFlag }
          : { given: butTheName, when: starts('n1'), then: started(), known: noCertificate },
      ),
    },

    'cert-allowed-cn': {
      says: '--cert-allowed-cn takes a list of names, and only peers with one of them are accepted.',
      cites: ['f9cdff65', '40650cba', '547465c7', '020bb79a'],
      ...over({ way: ['flag', 'variable'] }, ({ way }) =>
        way === 'flag'
          ? { given: nameAlone, when: starts('n1'), then: started(), known: noSuchFlag }
          : {
              given: nameAsVariable,
              when: names('n1', { as: { cn: rogue } }),
              then: refused({ by: 'n1' }),
              because: { reason: 'common-name' },
              unlike: names('n1', { as: { cn: commonName('n2') } }),
              control: served({ contains: answersNames }),
              known: ignoredVariable,
            },
      ),
    },

    'trusted-ca-file-verifies-peers': {
      says: 'With --trusted-ca-file peers must show a certificate of that authority, and accept each other by it.',
      cites: ['f9cdff65', 'dcd20bb4', '2e562e5d', '1ea48c91'],
      ...over({ peer: ['none', 'other-authority', 'of-the-authority'] }, ({ peer }) =>
        peer === 'of-the-authority'
          ? {
              given: twoWithClientAuthority,
              when: forms({ to: 'n1' }),
              then: formed(),
              known: systemAuthorities,
            }
          : {
              given: clientAuthority,
              when: names('n1', unverified[peer]),
              then: refused({ by: 'n1' }),
              because: { reason: peer === 'none' ? 'no-client-certificate' : 'unknown-authority' },
              unlike: names('n1', { as: { cn: commonName('n2') } }),
              control: served({ contains: answersNames }),
              known: clientSideOnly,
            },
      ),
    },
  },
})
