import { refusalFingerprint, startFailureFingerprint } from '../../../../fixtures/refusals.ts'
import type { CellResult } from '../../../../reports/schema.ts'
import { momentsOf, type Moment } from '../../../scenario/moments.ts'
import { ofRole } from '../../../world/roles.ts'
import type { Subject } from '../../../subject/subject.ts'
import type { CatalogueCell } from '../../catalogue/cells.ts'
import type { Seen } from '../plan.ts'

export const subject: Subject = {
  name: '3.6.16@module+go1.26.10',
  asked: '3.6.16',
  etcd: '3.6.16',
  go: '1.26.10',
  source: 'module',
  reference: 'etcd-tls/subject:3.6.16-go1.26.10',
  image: `sha256:${'0'.repeat(64)}`,
  tls: ['1.2', '1.3'],
  flags: [],
  commands: { etcd: '/usr/local/bin/etcd', etcdctl: '/usr/local/bin/etcdctl' },
}

const plain: Seen = {
  probe: 'a probe',
  at: '2026-11-23T00:00:00.000Z',
  milliseconds: 1,
  to: '10.138.0.100:2379',
  connected: true,
  answered: true,
  byHand: [],
  log: [
    {
      index: 0,
      raw: `{"error":"it's \\"so\\" $(id)"}`,
      message: 'rejected connection',
      error: `it's "so" $(id)`,
    },
  ],
}
const certificate = {
  subject: 'CN=m1',
  issuer: 'CN=ca',
  serial: '01',
  names: 'DNS:m1.etcd.local, IP Address:10.138.0.100',
  notBefore: '',
  notAfter: '',
  fingerprint: '',
  pem: '',
}
const tls = { handshake: true, version: '1.3', suite: 'TLS_AES_128_GCM_SHA256', server: certificate } as const

const answers: Readonly<Record<string, Partial<Seen>>> = {
  http: { http: { status: 200, headers: {}, body: '{}' }, tls },
  hello: { tls: { handshake: false, version: '1.2', suite: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256' } },
  grpc: { grpc: { code: 'OK', details: '', response: '{}' } },
  curl: {
    command: { exit: 0, stdout: '{}', stderr: '' },
    http: { status: 200, headers: {}, body: '{}' },
    tls,
  },
  etcdctl: { command: { exit: 0, stdout: 'OK', stderr: '' } },
  recipe: { command: { exit: 0, stdout: '', stderr: '' } },
  dials: { dial: { from: '10.138.0.100', certificate } },
}

/** What a cell would show when it comes out as it says: enough to write every step of its folder. */
export function storedResult({ cell, cellId, claimId }: CatalogueCell): CellResult {
  const { when, then } = cell
  const unlike = 'unlike' in cell ? cell.unlike : undefined
  return {
    cell: cellId,
    claim: claimId,
    subject: subject.name,
    verdict: 'pass',
    promised: '',
    seen: '',
    why: [],
    checks: [],
    probe: probeOf(when, then.outcome, cell),
    ...(unlike === undefined ? {} : { control: 'kind' in unlike ? served(unlike) : other(when) }),
    ...('without' in cell && cell.without !== undefined ? { without: served(when) } : {}),
    ...(when.kind === 'timeline' ? { timeline: momentsOf(when.steps).map(cameOf) } : {}),
    byHand: [],
    milliseconds: 1,
  }
}

type Cell = CatalogueCell['cell']

function cameOf(moment: Moment): NonNullable<CellResult['timeline']>[number] {
  const { name, do: act } = moment
  const came = { name, do: act, began: 0, ended: 1, what: '', met: true } as const
  if (moment.do === 'connect') return { ...came, seen: connected(moment) }
  if (moment.do !== 'hold' && moment.do !== 'use') return came
  return { ...came, seen: { ...plain, ...answers['http'], ...answers['grpc'] } }
}

function connected({ comes = 'served', probe }: Extract<Moment, { do: 'connect' }>): Seen {
  if (comes === 'refused') return { ...plain, alert: { number: 80, name: '', direction: 'received' } }
  if (comes === 'client-refuses') return { ...plain, tls: { ...tls, verified: 'CERT_HAS_EXPIRED' } }
  return served(probe)
}

const other = (when: Cell['when']): Seen =>
  when.kind === 'forms'
    ? { ...plain, ...formOf(['a'], true) }
    : { ...plain, process: { ready: true, after: 1 } }

const formOf = (names: readonly string[], started: boolean): Partial<Seen> => ({
  form: {
    members: names.map((name) => ({
      name,
      started,
      listed: [],
      readThrough: names.filter((one) => one !== name),
    })),
  },
})

function joinOf(who: string, started: boolean): Partial<Seen> {
  return {
    join: {
      who,
      address: '10.138.0.2',
      added: true,
      started,
      listed: started,
      writtenAndRead: started,
      said: plain.log,
    },
  }
}

function served(when: { readonly kind: string; readonly who?: string }): Seen {
  if (when.kind === 'join') return { ...plain, ...joinOf(when.who ?? '', true) }
  return { ...plain, ...answers[when.kind] }
}

function probeOf(when: Cell['when'], outcome: string, cell: Cell): Seen {
  if (when.kind === 'start') {
    const exit =
      'because' in cell && 'failure' in cell.because
        ? startFailureFingerprint(cell.because.failure, subject).exit
        : 0
    return {
      ...plain,
      process: outcome === 'started' ? { ready: true, after: 1 } : { ready: false, exit, after: 1 },
    }
  }
  if (when.kind === 'forms')
    return { ...plain, ...formOf(ofRole(cell.given, 'member'), outcome === 'formed') }
  if (when.kind === 'join') return { ...plain, ...joinOf(when.who, outcome === 'joined') }
  if (outcome === 'refused') return { ...plain, ...refusal(when, cell) }
  if (outcome === 'client-refuses' && 'because' in cell && 'exit' in cell.because)
    return { ...plain, command: { exit: cell.because.exit, stdout: '', stderr: 'curl: (60) no' } }
  return served(when)
}

function refusal(when: Cell['when'], cell: Cell): Partial<Seen> {
  const reason = 'because' in cell && 'reason' in cell.because ? cell.because.reason : undefined
  if (reason === undefined) return {}
  const { alert, status } = refusalFingerprint(reason, { ...subject, tls: '1.3', listener: 'client' })
  if (status !== undefined) return { http: { status, headers: {}, body: '' } }
  const grpc = when.kind === 'grpc' ? { grpc: { code: 'PERMISSION_DENIED', details: "it's denied" } } : {}
  return {
    ...grpc,
    ...(alert === undefined ? {} : { alert: { number: alert, name: '', direction: 'received' } }),
    closed: { how: 'end', after: 1 },
  }
}
