import type { ClaimRecord } from '../schema.ts'

const versions = ['1.2', '1.3']
const ways = ['config-file', 'flag', 'variable']

const claim = (
  id: string,
  says: string,
  cells: ClaimRecord['cells'] = [],
  more: Partial<ClaimRecord> = {},
): ClaimRecord => {
  const [page = '', section = ''] = id.split('/')
  return {
    id,
    page,
    section: `${page}/${section}`,
    says,
    cites: ['b1946ac9'],
    cells: cells.length > 0 ? cells : [{ id, at: {} }],
    ...more,
  }
}
const cells = (id: string, axis: string, values: readonly string[]): ClaimRecord['cells'] =>
  values.map((value) => ({ id: `${id}:${axis}=${value}`, at: { [axis]: value } }))

const serves = 'security/basic-setup/cert-file-serves-https'
export const demands = 'security/basic-setup/client-cert-auth-demands-a-certificate'
export const peer = 'security/basic-setup/peer-client-cert-auth-demands-a-certificate'
export const unlisted = 'security/host-whitelist/unlisted-name-is-refused'
export const loopback = 'security/host-whitelist/loopback-is-always-allowed'
export const rejected = 'security/client-certificates/without-one-is-rejected'
export const shape = 'security/client-certificates/with-one-is-served'
const listed = 'security/cipher-suites/listed-suite-is-served'
export const forms = 'security/cluster/members-form'
export const joins = 'security/peer-ip-san/wrong-address-is-denied'
export const notSo = 'security/peer-ip-san/name-without-address-is-accepted'
export const dials = 'security/basic-setup/peer-certificate-serves-both-ways'
export const reloads = 'security/reload/new-certificate-on-every-connection'
export const keysApi = 'security/https/verified-handshake'

const demandCells = ['expired', 'none', 'other-ca', 'self-signed'].flatMap((certificate) =>
  versions.map((tls) => ({
    id: `${demands}:certificate=${certificate},tls=${tls}`,
    at: { certificate, tls },
  })),
)

export const sampleClaims: readonly ClaimRecord[] = [
  claim(serves, 'With a certificate and its key the client URL speaks TLS.', cells(serves, 'way', ways)),
  claim(
    demands,
    'With client-cert-auth a client must show a certificate of the trusted authority.',
    demandCells,
  ),
  claim(peer, 'The peer options work the same way on the peer port.'),
  claim(dials, 'The peer pair is what a member shows when it dials.'),
  claim(
    keysApi,
    'A client that is given the authority completes the handshake and writes a key.',
    cells(keysApi, 'api', ['v2', 'v3']),
  ),
  claim(
    rejected,
    'The same request without a client certificate is turned away.',
    cells(rejected, 'tls', versions),
  ),
  claim(shape, 'With a certificate the key is set and reported.'),
  claim(
    listed,
    'Each suite of the list, offered alone, is served.',
    cells(listed, 'suite', ['ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES256-GCM-SHA384']),
  ),
  claim(unlisted, 'Over plain HTTP a request whose Host is not on the list is turned away.', [], {
    since: '3.4.0',
  }),
  claim(loopback, 'Requests for localhost are answered whatever the list says.'),
  claim(reloads, 'The pair is read anew for every client connection.', [], { since: '3.2.0' }),
  claim(forms, 'Two members with a pair each become one cluster.'),
  claim(joins, 'A certificate with addresses is good only from one of them.', [], { since: '3.2.0' }),
  claim(notSo, 'A certificate with names only is good from any address that a name leads to.'),
]

export const sampleHeadings: Readonly<Record<string, string>> = {
  'security/basic-setup': 'Basic setup',
  'security/https': 'Example 1: Client-to-server transport security with HTTPS',
  'security/client-certificates': 'Example 2: Client-to-server authentication with HTTPS client certificates',
  'security/cipher-suites': 'TLS cipher suites',
  'security/host-whitelist': 'Host whitelist',
  'security/cluster': 'Example 3: Transport security & client certificates in a cluster',
  'security/reload': 'Notes for TLS authentication: reload',
  'security/peer-ip-san': 'Notes for TLS authentication',
}

export const samplePages: Readonly<Record<string, string>> = {
  'security/peer-ip-san': 'https://etcd.example/docs/security/#notes-for-tls-authentication',
}
