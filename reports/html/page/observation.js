import { h, part, pairs, block, folded } from './dom.js'
import { certificate } from './world.js'
import { membersParts } from './members.js'
/** @import { SeenData } from '../page-types.ts' */

const closings = {
  ours: 'the client closed it',
  end: 'etcd closed it',
  reset: 'etcd reset it',
  alert: 'closed by the alert',
  limit: 'nothing came until the limit',
  refused: 'the connection was refused',
}
/** @param {number} milliseconds */
export const duration = (milliseconds) => `${Number(milliseconds.toFixed(1))}\u00a0ms`

/**
 * One probe and what came of it.
 * @param {string} title
 * @param {SeenData | undefined} seen
 */
export function observation(title, seen) {
  if (seen === undefined) return undefined
  return part(
    title,
    h('p', { class: 'probe' }, h('code', {}, seen.probe)),
    pairs([['connection', connection(seen)], ...tlsPairs(seen.tls), ...answerPairs(seen)]),
    membersParts(seen),
    seen.http && httpText(seen.http),
    seen.grpc?.response && block(seen.grpc.response),
    seen.command && [block(seen.command.stdout), block(seen.command.stderr, 'stderr')],
    seen.log.length > 0 && logBlock(seen.log),
    seen.tls?.server !== undefined && folded('Certificate etcd showed', certificate(seen.tls.server)),
  )
}

/** @param {SeenData} seen */
function connection(seen) {
  const how = !seen.connected
    ? 'not connected'
    : seen.answered
      ? 'connected, answered'
      : 'connected, no answer'
  const from =
    seen.localPort === undefined
      ? seen.localAddress === undefined
        ? ''
        : ` from ${seen.localAddress}`
      : ` from ${seen.localAddress === undefined ? '' : `${seen.localAddress}, `}port ${seen.localPort}`
  const end =
    seen.closed === undefined ? '' : `; ${closings[seen.closed.how]} after ${duration(seen.closed.after)}`
  return `${seen.to}${from}: ${how}${end}`
}

/**
 * @param {SeenData['tls']} tls
 * @returns {[string, string | undefined][]}
 */
function tlsPairs(tls) {
  if (tls === undefined) return []
  const verified = tls.verified === true ? 'yes' : tls.verified
  return [
    [
      'TLS',
      `${tls.handshake ? 'handshake complete' : 'handshake not complete'}${tls.version ? `, TLS ${tls.version}` : ''}${tls.suite ? `, ${tls.suite}` : ''}`,
    ],
    ['server verified', verified],
    [
      'client certificate',
      tls.clientCertificateAsked === undefined
        ? undefined
        : tls.clientCertificateAsked
          ? 'asked for'
          : 'not asked for',
    ],
    ['client sent', tls.sent?.join(', ')],
  ]
}

/**
 * @param {SeenData} seen
 * @returns {[string, string | undefined][]}
 */
function answerPairs({ alert, http, grpc, command, process, error }) {
  return [
    [
      'alert',
      alert &&
        `${alert.number} ${alert.name}, ${alert.direction === 'received' ? 'sent by etcd' : 'sent by the client'}`,
    ],
    ['HTTP', http && `status ${http.status}`],
    ['gRPC', grpc && `${grpc.code}${grpc.details ? `: ${grpc.details}` : ''}`],
    ['command', command && `exit ${command.exit ?? 'by signal'}`],
    [
      'process',
      process &&
        `${process.ready ? 'ready' : `ended, exit ${process.exit ?? '?'}`} after ${duration(process.after)}`,
    ],
    ['client’s error', error && `${error.code}: ${error.message}`],
  ]
}

/** @param {NonNullable<SeenData['http']>} http */
function httpText({ headers, body }) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [block(body), lines.length > 0 && folded('Headers', block(lines.join('\n')))]
}

/** @param {readonly string[]} lines */
const logBlock = (lines) =>
  h('div', { class: 'log' }, h('h4', {}, 'etcd’s log lines of this connection'), block(lines.join('\n')))
