import {
  authority,
  certificateOf,
  changed,
  etcd,
  hello,
  http,
  keyOf,
  kept,
  over,
  peerPair,
  refused,
  scenario,
  timeline,
  type ClientTls,
  type CredentialSpec,
  type ProbeSpec,
  type RefusalReason,
  type TlsVersion,
} from 'etcd-tls/scenario'

/**
 * Every kind of refusal that Go's crypto/tls has an alert for, provoked under TLS 1.2 and 1.3. No page promises
 * these: `check-alerts.ts` runs them on several Go releases and keeps what was seen, to hold it against the tables.
 */
const versions = ['1.2', '1.3'] as const
const server: CredentialSpec = { cn: 'm1.etcd.local', hosts: ['m1.etcd.local', '@m1'], key: 'p-256' }
const secured = etcd({
  client: 'https',
  authorities: { ca: {}, other: {} },
  options: { 'cert-file': certificateOf(server), 'key-file': keyOf(server) },
})
const demanding = changed(secured, { 'client-cert-auth': true, 'trusted-ca-file': authority('ca') })

const ask = (tls: ClientTls) => http({ scheme: 'https', path: '/version', tls })
const good: CredentialSpec = { cn: 'client', usages: ['clientAuth'] }

/** The client's certificate with one thing wrong, and what the tables call that. */
const certificates = {
  none: ['no-client-certificate', undefined],
  'of-another-authority': ['unknown-authority', { ...good, issuer: 'other' }],
  'self-signed': ['self-signed', { ...good, issuer: 'self' }],
  expired: ['expired', { ...good, notBefore: '-2h', notAfter: '-1h' }],
  'not-yet-valid': ['not-yet-valid', { ...good, notBefore: '+1h' }],
  'for-servers': ['wrong-usage', { ...good, usages: ['serverAuth'] }],
} as const satisfies Record<string, readonly [RefusalReason, CredentialSpec | undefined]>
const kinds = Object.keys(certificates) as (keyof typeof certificates)[]

const offers = (tls: readonly TlsVersion[], suites: readonly string[]): ProbeSpec =>
  hello({ versions: tls, suites })
const usual = { '1.2': 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', '1.3': 'TLS_AES_128_GCM_SHA256' } as const
/** Never in Go; a suite of TLS 1.2 is none for TLS 1.3. */
const foreign = 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256'

const maximum = { range: '>=3.4.25 <3.5.0 || >=3.5.8', why: '--tls-max-version came with 3.4.25 and 3.5.8' }
const allowedName = { range: '>=3.3.0', why: '--peer-cert-allowed-cn came with 3.3.0' }
const peerLogs = { range: '>=3.2.0', why: 'the check of addresses came with 3.2.0' }
const mounted = etcd({
  client: 'https',
  files: 'mounted',
  options: { 'cert-file': certificateOf(server), 'key-file': keyOf(server) },
})
const ownPeer: CredentialSpec = { cn: 'etcd peer', hosts: ['m1.etcd.local', '@m1'] }
const listening = etcd({ peer: 'https', options: peerPair(ownPeer) })
const named = changed(listening, { 'peer-cert-allowed-cn': 'etcd peer' })
const asPeer = (as: CredentialSpec, version: TlsVersion & ('1.2' | '1.3')) =>
  http({ listener: 'peer', scheme: 'https', path: '/version', tls: { as, version } })

export default scenario('alerts/sent', {
  heading: 'Alerts that etcd sends, by the Go that built it',
  claims: {
    'client-certificate': {
      says: 'Which alert a client gets whose certificate is missing or bad.',
      ...over({ is: kinds, tls: versions }, ({ is, tls }) => {
        const [reason, as] = certificates[is]
        return {
          given: demanding,
          when: ask({ version: tls, ...(as !== undefined && { as }) }),
          then: refused(),
          because: { reason },
          unlike: ask({ version: tls, as: good }),
          needs: { tls },
        }
      }),
    },
    'cipher-suite': {
      says: 'Which alert a client gets that offers no suite of the server.',
      ...over({ tls: versions }, ({ tls }) => ({
        given: secured,
        when: offers([tls], [foreign]),
        then: refused(),
        because: { reason: 'no-common-cipher' },
        unlike: offers([tls], [usual[tls]]),
        needs: { tls },
      })),
    },
    version: {
      says: 'Which alert a client gets that offers no version of the server.',
      ...over({ offered: ['1.1', '1.3'] }, ({ offered }) => ({
        given: offered === '1.1' ? secured : changed(secured, { 'tls-max-version': 'TLS1.2' }),
        when: offers([offered], [offered === '1.1' ? 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA' : usual['1.3']]),
        then: refused(),
        because: { reason: 'version-too-low' },
        unlike: offers(['1.2'], [usual['1.2']]),
        ...(offered === '1.3' && { needs: { etcd: maximum } }),
      })),
    },
    'common-name': {
      says: "Which alert a peer gets that the server's own check turns away.",
      ...over({ tls: versions }, ({ tls }) => ({
        given: named,
        when: asPeer({ cn: 'somebody' }, tls),
        then: refused(),
        because: { reason: 'common-name' },
        unlike: asPeer({ cn: 'etcd peer' }, tls),
        needs: { tls, etcd: allowedName },
      })),
    },
    address: {
      says: 'That a peer at another address than its certificate names gets no alert at all.',
      ...over({ tls: versions }, ({ tls }) => ({
        given: listening,
        when: asPeer({ cn: 'etcd peer', hosts: ['10.138.0.27'] }, tls),
        then: refused(),
        because: { reason: 'ip-san-mismatch' },
        unlike: asPeer({ cn: 'etcd peer' }, tls),
        needs: { tls, etcd: peerLogs },
      })),
    },
    'pair-of-its-own': {
      says: 'Which alert a client gets while the files of the server do not go together.',
      ...over({ tls: versions }, ({ tls }) => {
        const second: CredentialSpec = { ...server, cn: `second, ${tls}` }
        const files = { 'cert-file': certificateOf(second), 'key-file': keyOf(second) }
        return {
          given: mounted,
          needs: { tls },
          then: kept(),
          when: timeline([
            {
              do: 'rotate',
              of: 'm1',
              how: 'certificate-first',
              files,
              between: [
                {
                  do: 'connect',
                  name: 'in between',
                  probe: ask({ version: tls }),
                  comes: 'refused',
                  because: { reason: 'pair-does-not-match' },
                },
              ],
            },
          ]),
        }
      }),
    },
  },
})
