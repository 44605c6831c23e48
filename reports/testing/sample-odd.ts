import type { CellResult } from '../schema.ts'
import { demands, keysApi, loopback, peer, rejected, shape, unlisted } from './sample-claims.ts'
import { hostile, refusal, sampleObservation, sampleResult, sampleWorld } from './sample-parts.ts'

/** A refusal as it should be. */
export function refused(cell: string, subject: string): CellResult {
  return sampleResult(cell, subject, {
    promised: 'etcd turns the client away.',
    seen: "alert 116 certificate_required from etcd; its log: tls: client didn't provide a certificate",
    why: [
      'etcd closed the connection with the alert this build gives for a missing certificate.',
      'The same client with a certificate was served by the same process.',
    ],
    probe: refusal(),
    control: sampleObservation({ probe: 'the same with a certificate of the trusted authority' }),
    again: refusal({ probe: 'the same again' }),
    log: [...refusal().log],
    without: sampleObservation({ probe: 'the same against a member without client-cert-auth' }),
    checks: [
      { question: 'health', expected: 'etcd answers before and after', seen: 'status 200, twice', met: true },
      { question: 'control', expected: 'served', seen: 'status 200', met: true },
      { question: 'then', expected: 'refused by m1', seen: 'alert 116 from etcd', met: true },
      {
        question: 'because',
        expected: "alert 116, log /didn't provide a certificate/",
        seen: 'alert 116, log "tls: client didn\'t provide a certificate"',
        met: true,
      },
    ],
    byHand: ['openssl s_client -connect 172.29.4.2:2379 -servername m1.etcd.local -CAfile ca.crt -tls1_3'],
  })
}

type Change = (base: CellResult) => Partial<CellResult>

/** What differs from a plain result on every subject, by cell. */
export const oddOnEach: Readonly<Record<string, Change>> = {
  [`${rejected}:tls=1.3`]: ({ checks }) => ({
    verdict: 'drift',
    checks: [
      ...checks,
      {
        question: 'printed',
        expected: 'alert 42 bad_certificate',
        seen: 'alert 116 certificate_required',
        met: false,
      },
    ],
    declared: {
      verdict: 'drift',
      builds: '>=3.4.0',
      why: 'Go answers a missing certificate under TLS 1.3 with certificate_required (RFC 8446 4.4.2.4).',
      evidence: 'alert 116',
      stale: false,
    },
    evidence: 'evidence/without-one-is-rejected-tls-1.3',
  }),
  [`${keysApi}:api=v2`]: () => ({
    verdict: 'not-applicable',
    notApplicable: 'the v2 keys API was removed in 3.6.0',
    seen: '',
    why: [],
    checks: [],
    byHand: [],
  }),
}

/** What differs on the first subject: what breaks a build, and hostile text. */
export const oddOnFirst: Readonly<Record<string, Change>> = {
  [unlisted]: () => ({
    verdict: 'fail',
    promised: 'Status 421 for a Host that is not on the list.',
    seen: `HTTP 200 ${hostile.script}`,
    why: ['The promise is not kept: the request was answered.', `The log said ${hostile.terminal}`],
    checks: [{ question: 'then', expected: 'status 421', seen: `status 200 ${hostile.image}`, met: false }],
    probe: sampleObservation({
      log: [{ index: 9, raw: `${hostile.script} ${hostile.image} ${hostile.bidi}`, message: hostile.image }],
      http: {
        status: 200,
        headers: { server: hostile.image },
        body: `${hostile.script}${hostile.markdown}${hostile.xml}`,
      },
    }),
    evidence: 'evidence/unlisted-name-is-refused',
    world: sampleWorld(['--host-whitelist=m1.etcd.local'], {
      environment: { ETCD_NAME: hostile.image },
      configFile: `name: m1\n# ${hostile.script}\n`,
    }),
  }),
  [loopback]: () => ({
    declared: {
      verdict: 'fail',
      builds: '<3.8.0',
      why: 'loopback names were refused before.',
      evidence: 'status 421',
      stale: true,
    },
    evidence: 'evidence/loopback-is-always-allowed',
  }),
  [peer]: () => ({
    verdict: 'inconclusive',
    seen: `alert 42 bad_certificate, but the log says nothing about this connection ${hostile.markdown}`,
    why: ['The reason of the refusal was not seen: no log line of this connection within 2 s.', hostile.xml],
    evidence: 'evidence/peer-client-cert-auth',
  }),
  [shape]: () => ({
    verdict: 'drift',
    seen: 'a v3 answer',
    why: ['The promise is kept, the printed text differs.'],
    evidence: 'evidence/with-one-is-served',
  }),
}

export const isRefused = (cell: string): boolean => cell.startsWith(demands) || cell.startsWith(rejected)
