import type { CellResult, TimelineStep } from '../schema.ts'
import { reloads } from './sample-claims.ts'
import { hostile, sampleCertificate, sampleObservation } from './sample-parts.ts'

/** A cell about time: the files change, the next connection shows the new pair, the open one lives on. */
export const ofTime: Readonly<Record<string, (text: 'hostile' | 'plain') => Partial<CellResult>>> = {
  [reloads]: (text) => {
    const timeline = steps(text)
    const probe = timeline.findLast(({ seen }) => seen !== undefined)?.seen
    return { timeline, ...(probe && { probe }) }
  },
}

const old = { serial: 'AA01', subject: 'CN=first pair' }

function steps(text: 'hostile' | 'plain'): TimelineStep[] {
  const more = text === 'hostile' ? ` ${hostile.image}${hostile.terminal}` : ''
  const fresh = { serial: `BB02${more}`, subject: `CN=second pair${more}` }
  return [
    step('hold', 'open', 0, 'a connection that stays open, from port 48212 of the client', old),
    step('connect', 'before', 41, 'a new connection', old),
    step('rotate', 'cert-file and key-file of m1 overwritten in place', 60, 'cert-file and key-file', fresh),
    step('connect', 'after', 66, 'a new connection', fresh),
    step('use', 'open', 90, 'asked again over the connection from port 48212 of the client', old),
    step('expire', 'expire', 101, 'the certificate was valid until 14:03'),
    step('connect', 'at the end', 3_204, 'a new connection', fresh),
  ]
}

function step(
  act: TimelineStep['do'],
  name: string,
  began: number,
  what: string,
  shown?: { serial: string; subject: string },
): TimelineStep {
  const { role: _role, usages: _usages, ...certificate } = sampleCertificate('server', shown)
  const connects = act === 'connect' || act === 'hold' || act === 'use'
  const seen = sampleObservation({ tls: { handshake: true, version: '1.3', server: certificate } })
  return {
    ...{ do: act, name, began, ended: began + 5, what, met: true },
    ...(shown && { serial: shown.serial }),
    ...(connects && { seen }),
  }
}
