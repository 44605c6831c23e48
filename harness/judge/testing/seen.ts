import { etcd, http, refused, type RefuseCell } from '../../scenario/index.ts'
import type { LogLine } from '../../world/log-line.ts'
import { parseLogLine } from '../../world/parse-log-line.ts'
import type { Observation } from '../../probe/observation.ts'
import type { Evidence } from '../evidence.ts'

/** Observations and evidence as probes make them, for tests of the judge. */
export const build = { etcd: '3.6.16', go: '1.26.10' }

export const seen = (more: Partial<Observation> = {}): Observation => ({
  probe: 'GET /version',
  at: '2026-11-22T15:00:00.000Z',
  milliseconds: 3,
  to: '10.138.1.2:2379',
  connected: true,
  answered: true,
  localPort: 40_000,
  byHand: [],
  log: [],
  ...more,
})

export const ready = seen({ process: { ready: true, after: 60 } })
export const ended = (exit: number, ...log: LogLine[]): Observation =>
  seen({ answered: false, process: { ready: false, exit, after: 40 }, log })

export const ok = seen({
  http: { status: 200, headers: {}, body: '{"etcdserver":"3.6.16"}' },
  tls: { handshake: true, version: '1.3', suite: 'TLS_AES_128_GCM_SHA256', verified: true },
  closed: { how: 'ours', after: 3 },
})

export const alerted = (
  number: number,
  name: string,
  log: LogLine[],
  version: '1.2' | '1.3' = '1.3',
): Observation =>
  seen({
    alert: { number, name, direction: 'received' },
    tls: { handshake: version === '1.3', version },
    closed: { how: 'alert', after: 2 },
    log,
  })

export const rejected = (error: string, port = 40_000): LogLine =>
  parseLogLine(
    JSON.stringify({
      level: 'warn',
      ts: '2026-11-22T15:00:00.000Z',
      caller: 'embed/config_logging.go:188',
      msg: 'rejected connection on client endpoint',
      'remote-addr': `10.138.0.1:${String(port)}`,
      'server-name': 'm1.etcd.local',
      error,
    }),
    7,
  )

export const noCertificate = rejected("tls: client didn't provide a certificate")

export const evidence = (more: Partial<Evidence> = {}): Evidence => ({
  setup: [],
  start: ready,
  alive: true,
  log: [],
  ...more,
})

/** A refusal with everything that one must show, every connection on a port of its own. */
export const refusal = (more: Partial<Evidence> = {}): Evidence => {
  const probe = alerted(116, 'certificate_required', [noCertificate])
  const all = withControls({ before: ok, after: ok, again: probe }, more)
  const { before, after, again, ...rest } = all
  return evidence({
    probe,
    without: ok,
    ...rest,
    ...(before && { before: on(40_001, before) }),
    ...(after && { after: on(40_002, after) }),
    ...(again && { again: on(40_003, again) }),
  })
}

const on = (localPort: number, seen: Observation): Observation => ({ ...seen, localPort })

/** A test takes an act away by giving undefined for it. */
const withControls = (good: Partial<Evidence>, more: Partial<Evidence>): Partial<Evidence> => ({
  ...good,
  ...more,
})

export const given = etcd({ client: 'https', options: {} })
export const ask = http({ scheme: 'https', path: '/version' })
/** A refusal for want of a certificate. */
export const refuseCell: RefuseCell = {
  given,
  when: ask,
  then: refused(),
  because: { reason: 'no-client-certificate' },
  unlike: ask,
}
