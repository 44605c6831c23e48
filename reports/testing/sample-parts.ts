import type { CellResult, Observation, SubjectRecord, WorldRecord } from '../schema.ts'

/** Text of a subject that wants to be markup, a terminal command, or something else than it seems. */
export const hostile = {
  script: '</script><script>alert(1)</script>',
  image: '<img src=x onerror="alert(2)">',
  terminal: '\u001b[2J\u001b]0;owned\u0007 pass\rall good\u009b31m',
  bidi: 'ab\u202edcba\u2066x\ud800y',
  markdown: '| a | `b` [click](https://evil.example/) ![](https://evil.example/x.png) ***',
  xml: ']]><!-- & "quoted" \'too\' \u0000\ufffe',
} as const

const goOf: Readonly<Record<string, string>> = {
  '3.7.3': '1.26.10',
  '3.6.16': '1.26.10',
  '3.5.35': '1.25.10',
  '3.4.25': '1.19.9',
}

export function sampleSubject(etcd: string): SubjectRecord {
  const go = goOf[etcd] ?? '1.26.10'
  return {
    name: `${etcd}@module+go${go}`,
    asked: etcd,
    etcd,
    go,
    source: 'module',
    reference: `etcd-tls/etcd:${etcd}`,
    image: 'sha256:6d1f3c0a5b7e8f90112233445566778899aabbccddeeff00112233445566ab12',
    tls: etcd.startsWith('3.4') ? ['1.2', '1.3'] : ['1.2', '1.3'],
    flags: [
      'cert-file',
      'key-file',
      'peer-cert-file',
      'peer-trusted-ca-file',
      'client-cert-auth',
      'trusted-ca-file',
      'host-whitelist',
      'cipher-suites',
    ],
  }
}

type Certificate = WorldRecord['certificates'][number]

export function sampleCertificate(role: string, change: Partial<Certificate> = {}): Certificate {
  const name = role === 'ca' ? 'etcd-tls ca' : role === 'server' ? 'm1.etcd.local' : 'client'
  return {
    role,
    usages: role === 'ca' ? ['cert sign', 'crl sign'] : role === 'server' ? ['server auth'] : ['client auth'],
    subject: `CN=${name}`,
    issuer: 'CN=etcd-tls ca',
    serial: '3F2A91C7',
    names: role === 'server' ? 'DNS:m1.etcd.local, IP:172.29.4.2' : '',
    notBefore: '2026-11-22T13:00:00Z',
    notAfter: '2026-11-23T14:00:00Z',
    fingerprint: `${role.length.toString(16).padStart(2, '0')}:5B:0C:D1:7E:44:90:AA:13:6F:28:C9:E0:57:8D:B3:FA:21:66:04:9C:EE:71:35:D8:4B:BF:10:A2:6C:83:1D`,
    pem: `-----BEGIN CERTIFICATE-----\n${'MIIBkTCB+wIJAKHBfpE0c1pYMA0GCSqGSIb3DQEBCwUAMBQxEjAQBgNVBAMMCWV0\n'.repeat(6)}-----END CERTIFICATE-----\n`,
    ...change,
  }
}

/** The server's certificate as a client sees it. */
function shownCertificate(): NonNullable<NonNullable<Observation['tls']>['server']> {
  const { role: _role, usages: _usages, ...shown } = sampleCertificate('server')
  return shown
}

export function sampleWorld(
  options: readonly string[],
  extra: Partial<WorldRecord['members'][number]> = {},
): WorldRecord {
  return {
    members: [
      {
        name: 'm1',
        address: '172.29.4.2',
        command: ['etcd', '--name=m1', '--listen-client-urls=https://172.29.4.2:2379', ...options],
        environment: {},
        set: [{ option: 'cert-file', way: 'flag', listener: 'client' }],
        ...extra,
      },
    ],
    certificates: [sampleCertificate('ca'), sampleCertificate('server'), sampleCertificate('client')],
  }
}

export function sampleObservation(change: Partial<Observation> = {}): Observation {
  return {
    probe: 'GET https://m1.etcd.local:2379/version',
    at: '2026-11-22T14:03:11.204Z',
    milliseconds: 7.4,
    to: '172.29.4.2:2379',
    connected: true,
    answered: true,
    localPort: 48212,
    tls: {
      handshake: true,
      version: '1.3',
      suite: 'TLS_AES_128_GCM_SHA256',
      server: shownCertificate(),
      verified: true,
      clientCertificateAsked: true,
    },
    http: { status: 200, headers: { 'content-type': 'application/json' }, body: '{"etcdserver":"3.6.16"}' },
    closed: { how: 'ours', after: 7.4 },
    byHand: ['curl --cacert ca.crt https://m1.etcd.local:2379/version'],
    log: [],
    ...change,
  }
}

export const refusal = (change: Partial<Observation> = {}): Observation => {
  const { http: _http, ...rest } = sampleObservation()
  return {
    ...rest,
    alert: { number: 116, name: 'certificate_required', direction: 'received' },
    closed: { how: 'alert', after: 5.1 },
    error: {
      code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
      message: 'tlsv13 alert certificate required (SSL alert number 116)',
    },
    log: [
      {
        index: 41,
        raw: '{"level":"warn","ts":"2026-11-22T14:03:11.206Z","msg":"rejected connection on client endpoint","remote-addr":"172.29.4.1:48212","server-name":"m1.etcd.local","error":"tls: client didn\'t provide a certificate"}',
        level: 'warn',
        message: 'rejected connection on client endpoint',
        remotePort: 48212,
        error: "tls: client didn't provide a certificate",
      },
    ],
    ...change,
  }
}

/** A plain pass of a served probe, to be changed. */
export function sampleResult(cell: string, subject: string, change: Partial<CellResult> = {}): CellResult {
  return {
    cell,
    claim: cell.split(':')[0] ?? cell,
    subject,
    verdict: 'pass',
    promised: 'The request is answered with status 200.',
    seen: 'HTTP 200, {"etcdserver":"3.6.16"}',
    why: ['The answer has status 200 and names the server version.'],
    checks: [
      {
        question: 'health',
        expected: 'etcd answers /health before and after',
        seen: 'status 200, twice',
        met: true,
      },
      { question: 'then', expected: 'status 200', seen: 'status 200', met: true },
    ],
    probe: sampleObservation(),
    health: [sampleObservation({ probe: 'health before' }), sampleObservation({ probe: 'health after' })],
    world: sampleWorld(['--cert-file=/tls/server.crt', '--key-file=/tls/server.key']),
    byHand: ['curl --cacert ca.crt https://m1.etcd.local:2379/version'],
    milliseconds: 412,
    ...change,
  }
}
