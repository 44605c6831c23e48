import type { CellResult, Results } from '../schema.ts'
import {
  demands,
  keysApi,
  loopback,
  peer,
  rejected,
  sampleClaims,
  sampleHeadings,
  shape,
  unlisted,
} from './sample-claims.ts'
import {
  hostile,
  refusal,
  sampleObservation,
  sampleResult,
  sampleSubject,
  sampleWorld,
} from './sample-parts.ts'

export { sampleClaims } from './sample-claims.ts'

function refused(cell: string, subject: string): CellResult {
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

/** The verdict of each cell of the sample; what is not named is a plain pass. */
function resultOf(cell: string, subject: string, first: boolean): CellResult {
  const base =
    cell.startsWith(demands) || cell.startsWith(rejected)
      ? refused(cell, subject)
      : sampleResult(cell, subject)
  const printedDrift = {
    question: 'printed' as const,
    expected: 'alert 42 bad_certificate',
    seen: 'alert 116 certificate_required',
    met: false,
  }
  if (cell === `${rejected}:tls=1.3`) {
    return {
      ...base,
      verdict: 'drift',
      checks: [...base.checks, printedDrift],
      declared: {
        verdict: 'drift',
        builds: '>=3.4.0',
        why: 'Go answers a missing certificate under TLS 1.3 with certificate_required (RFC 8446 4.4.2.4).',
        evidence: 'alert 116',
        stale: false,
      },
      evidence: 'evidence/without-one-is-rejected-tls-1.3',
    }
  }
  if (cell === `${keysApi}:api=v2`) {
    return {
      ...base,
      verdict: 'not-applicable',
      notApplicable: 'the v2 keys API was removed in 3.6.0',
      seen: '',
      why: [],
      checks: [],
      byHand: [],
    }
  }
  if (first && cell === unlisted) {
    return {
      ...base,
      verdict: 'fail',
      promised: 'Status 421 for a Host that is not on the list.',
      seen: `HTTP 200 ${hostile.script}`,
      why: ['The promise is not kept: the request was answered.', `The log said ${hostile.terminal}`],
      checks: [{ question: 'then', expected: 'status 421', seen: `status 200 ${hostile.image}`, met: false }],
      probe: sampleObservation({
        log: [
          { index: 9, raw: `${hostile.script} ${hostile.image} ${hostile.bidi}`, message: hostile.image },
        ],
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
    }
  }
  if (first && cell === loopback) {
    return {
      ...base,
      declared: {
        verdict: 'fail',
        builds: '<3.8.0',
        why: 'loopback names were refused before.',
        evidence: 'status 421',
        stale: true,
      },
      evidence: 'evidence/loopback-is-always-allowed',
    }
  }
  if (first && cell === peer) {
    return {
      ...base,
      verdict: 'inconclusive',
      seen: `alert 42 bad_certificate, but the log says nothing about this connection ${hostile.markdown}`,
      why: [
        'The reason of the refusal was not seen: no log line of this connection within 2 s.',
        hostile.xml,
      ],
      evidence: 'evidence/peer-client-cert-auth',
    }
  }
  if (first && cell === shape)
    return {
      ...base,
      verdict: 'drift',
      seen: 'a v3 answer',
      why: ['The promise is kept, the printed text differs.'],
      evidence: 'evidence/with-one-is-served',
    }
  return base
}

/** Realistic results: several sections, every verdict, declared and stale ones, hostile text on the first subject. */
export function sampleResults(
  builds: readonly string[] = ['3.6.16', '3.5.35'],
  change: Partial<Results> = {},
): Results {
  const subjects = builds.map(sampleSubject)
  const results = subjects.flatMap(({ name }, index) =>
    sampleClaims.flatMap((one) => one.cells.map(({ id }) => resultOf(id, name, index === 0))),
  )
  return {
    format: 'etcd-tls/results',
    formatVersion: 1,
    tool: { name: 'etcd-tls', version: '0.1.0' },
    run: {
      id: '20261122-140300-a1b2',
      started: '2026-11-22T14:03:00.000Z',
      finished: '2026-11-22T14:03:14.500Z',
      command: ['etcd-tls', 'run', ...builds.flatMap((build) => ['--etcd', build])],
      host: { platform: 'linux x64', cpus: 2, node: '24.21.0', engine: 'Docker 20.10.24' },
    },
    subjects,
    sections: Object.entries(sampleHeadings).map(([id, heading]) => ({ id, heading })),
    claims: [...sampleClaims],
    results,
    phases: {
      prepare: 900,
      worlds: 18000,
      probes: 4000,
      judge: 20,
      report: 0,
      wall: 14500,
      worldCount: 24,
      probeCount: 120,
      subjects: Object.fromEntries(subjects.map(({ name }) => [name, 7000])),
    },
    ...change,
  }
}

/** The same run without what breaks a build: passes, known deviations and what does not apply. */
export function cleanResults(builds?: readonly string[]): Results {
  const results = sampleResults(builds)
  return {
    ...results,
    results: results.results.map((result) =>
      result.verdict === 'not-applicable' || result.declared?.stale === false
        ? result
        : sampleResult(result.cell, result.subject),
    ),
  }
}
