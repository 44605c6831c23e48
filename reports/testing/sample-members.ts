import type { CellResult, Observation, WorldRecord } from '../schema.ts'
import { dials, forms, joins, notSo } from './sample-claims.ts'
import { hostile, sampleCertificate, sampleObservation, sampleWorld } from './sample-parts.ts'

/** Cells of members and names: what the members did, what was asked of the DNS. */
export const ofMembers: Readonly<Record<string, (text: 'hostile' | 'plain') => Partial<CellResult>>> = {
  [forms]: () => ({ probe: formed(), world: world([]) }),
  [joins]: (text) => ({
    probe: joined({ started: false, exit: 1, listed: false, writtenAndRead: false, said: said(text) }, text),
    control: joined({}),
    world: world(['--peer-client-cert-auth'], 'etcd.local: a 10.138.3.1'),
  }),
  [notSo]: (text) => ({
    verdict: 'fail',
    seen: `b was refused: x509: not 10.138.3.2${text === 'hostile' ? hostile.image + hostile.markdown : ''}`,
    why: ['The promise is not kept: the join was refused.'],
    checks: [{ question: 'then', expected: 'b joins', seen: 'b was refused', met: false }],
    probe: joined({ started: false, exit: 1, listed: false, writtenAndRead: false, said: said(text) }, text),
    declared: {
      verdict: 'fail',
      builds: '*',
      why: 'names count only where the certificate names no address',
      evidence: 'refused',
      stale: false,
    },
    evidence: 'evidence/name-without-address-is-accepted',
  }),
  [dials]: () => ({ probe: dialled(), world: world([]) }),
}

function joined(
  change: Partial<NonNullable<Observation['join']>>,
  text: 'hostile' | 'plain' = 'plain',
): Observation {
  const { http: _http, tls: _tls, ...rest } = sampleObservation()
  return {
    ...rest,
    probe: 'b joins a from 10.138.3.2',
    localAddress: '10.138.3.2',
    join: {
      who: 'b',
      address: '10.138.3.2',
      added: true,
      started: true,
      listed: true,
      writtenAndRead: true,
      said: [],
      ...change,
    },
    dns: [
      { from: '10.138.3.1', type: 'PTR', name: '10.138.3.2', rcode: 'NXDOMAIN' },
      {
        from: '10.138.3.1',
        type: 'A',
        name: text === 'hostile' ? hostile.image : 'b.etcd.local',
        rcode: '-',
      },
    ],
  }
}

const said = (text: 'hostile' | 'plain') => {
  const raw = text === 'hostile' ? `${hostile.script}${hostile.terminal}` : 'error validating peerURLs'
  return [{ index: 3, raw, message: raw }]
}

function formed(): Observation {
  const { http: _http, tls: _tls, ...rest } = sampleObservation({ probe: 'm1 and m2 form a cluster' })
  const member = (name: string, other: string) => ({
    name,
    started: true,
    listed: [`https://${name}.etcd.local:2380`],
    readThrough: [other],
  })
  const lost = { name: 'm3', started: false, exit: 1, listed: [], readThrough: [] }
  return { ...rest, form: { members: [member('m1', 'm2'), member('m2', 'm1'), lost] } }
}

function dialled(): Observation {
  const { http: _http, tls: _tls, ...rest } = sampleObservation({ probe: 'm1 dials a listener of ours' })
  const {
    role: _role,
    usages: _usages,
    ...certificate
  } = sampleCertificate('server', {
    subject: 'CN=peer of m1',
  })
  return {
    ...rest,
    dial: { certificate, serverName: 'joiner.etcd.local', version: '1.3', from: '10.138.3.1:40112' },
  }
}

/** A member and a candidate. */
function world(options: readonly string[], zone?: string): WorldRecord {
  const { members, certificates } = sampleWorld([])
  const [m1] = members
  const record = { name: 'a', address: '10.138.3.1', command: m1?.command ?? [], environment: {} }
  const peers = [
    { option: 'peer-cert-file', way: 'flag', listener: 'peer' },
    { option: 'peer-trusted-ca-file', way: 'flag', listener: 'peer' },
  ] as const
  return {
    members: [
      { ...record, set: [...peers] },
      { ...record, name: 'b', address: '10.138.3.2', role: 'candidate', command: ['etcd', ...options] },
    ],
    certificates,
    ...(zone !== undefined && { zone }),
  }
}
