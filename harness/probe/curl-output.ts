import { alert } from './alerts.ts'
import type { Alert, SeenClose, SeenHttp, SeenTls } from './observation.ts'
import { ianaSuite } from './suites.ts'
import type { TlsVersion } from '../scenario/probe.ts'

/** The last line that curl is told to write on stderr: local port and HTTP status. */
export const writeOut = '%{stderr}\netcd-tls:%{local_port}:%{response_code}\n'
const writtenOut = /\n?^etcd-tls:(\d+):(\d+)\n?/gm
/** Ends of lines to JavaScript's expressions, not to curl: what a server says in a header would become lines of it. */
const otherEnds = /[\r\u2028\u2029]/g

/** What `curl -v` with OpenSSL and `writeOut` told on stderr. */
export interface CurlSaid {
  readonly connected: boolean
  readonly answered: boolean
  readonly localPort?: number
  readonly status?: number
  readonly headers: SeenHttp['headers']
  readonly tls?: SeenTls
  readonly alert?: Alert
  /** curl's own last sentence, and its number. */
  readonly error?: { readonly code: string; readonly message: string }
  /** stderr without what was added for the probe. */
  readonly stderr: string
}

export function readCurl(output: string): CurlSaid {
  const stderr = output.replaceAll(otherEnds, ' ')
  const [, port, status] = [...stderr.matchAll(writtenOut)].at(-1) ?? []
  const error = /^curl: \((\d+)\) ?(.*)$/m.exec(stderr)
  const tls = tlsOf(stderr)
  const seen = alertOf(stderr)
  return {
    connected: /^\* Connected to /m.test(stderr) || /^\* Established connection to /m.test(stderr),
    answered: /^\* \S+ \(IN\), /m.test(stderr) || /^< /m.test(stderr),
    ...(Number(port) > 0 ? { localPort: Number(port) } : {}),
    ...(Number(status) > 0 ? { status: Number(status) } : {}),
    headers: headersOf(stderr),
    ...(tls ? { tls } : {}),
    ...(seen ? { alert: seen } : {}),
    ...(error ? { error: { code: `curl ${error[1]}`, message: (error[2] ?? '').slice(0, 1024) } } : {}),
    // Sizes of what was moved: curl writes them where it has no terminal.
    stderr: stderr.replace(writtenOut, '').replaceAll(/^[{}] \[\d+ bytes data\]\n/gm, ''),
  }
}

/** curl prints level and description of an alert as one number, level first. close_notify is no refusal. */
function alertOf(stderr: string): Alert | undefined {
  for (const [, way, number] of stderr.matchAll(/^\* \S+ \((IN|OUT)\), TLS alert, .*\((\d+)\):$/gm)) {
    const description = Number(number) & 0xff
    if (description !== 0) return alert(description, way === 'IN' ? 'received' : 'sent')
  }
  return undefined
}

function tlsOf(stderr: string): SeenTls | undefined {
  if (!/^\* \S+ \((IN|OUT)\), TLS/m.test(stderr)) return undefined
  const agreed = /^\* SSL connection using TLSv(1(?:\.\d)?) \/ ([^\s/]+)/m.exec(stderr)
  const hello = /^\* TLSv(1(?:\.\d)?) \(IN\), TLS handshake, Server hello/m.exec(stderr)
  const version = agreed?.[1] ?? hello?.[1]
  const verified = verifiedOf(stderr)
  const asked = stderr.includes('(IN), TLS handshake, Request CERT')
  const ticket = /^\* TLSv1\.3 \(IN\), TLS handshake, Newsession Ticket /m.test(stderr)
  return {
    handshake: agreed !== null,
    ...(version ? { version: (version === '1' ? '1.0' : version) as TlsVersion } : {}),
    ...(agreed?.[2] ? { suite: ianaSuite(agreed[2]) } : {}),
    ...(verified === undefined ? {} : { verified }),
    ...(ticket ? { ticket } : {}),
    ...(asked || agreed ? { clientCertificateAsked: asked } : {}),
    sent: sentBy(stderr),
  }
}

function verifiedOf(stderr: string): true | string | undefined {
  if (/^\* {1,2}SSL certificate verify ok\.$/m.test(stderr)) return true
  const problem = /^\* {1,2}SSL certificate verify result: (.*?)(?:, continuing anyway\.)?$/m.exec(stderr)
  return problem?.[1] ?? /^\* {1,2}SSL(?: certificate problem|: )(?:: )?(.*)$/m.exec(stderr)?.[1]
}

const messages: Readonly<Record<string, string>> = {
  'Client hello': 'client_hello',
  Certificate: 'certificate',
  'Client key exchange': 'client_key_exchange',
  'CERT verify': 'certificate_verify',
  Finished: 'finished',
}
/** A Certificate message without a certificate: 7 bytes in TLS 1.2, 8 in TLS 1.3 (RFC 5246 7.4.6, RFC 8446 4.4.2). */
const emptyCertificate = 8

/** Handshake messages that went out, in order; an empty list of certificates is called `empty_certificate`. */
function sentBy(stderr: string): string[] {
  const lines = /^\* \S+ \(OUT\), TLS handshake, (.+?) \(\d+\):\n(?:\} \[(\d+) bytes data\])?/gm
  return [...stderr.matchAll(lines)].map(([, name = '', size]) => {
    const message = messages[name] ?? name
    const empty = message === 'certificate' && size !== undefined && Number(size) <= emptyCertificate
    return empty ? 'empty_certificate' : message
  })
}

/** Headers of the last response. */
function headersOf(stderr: string): Record<string, string> {
  const lines = stderr.split('\n').filter((line) => line.startsWith('< '))
  const last = lines.findLastIndex((line) => line.startsWith('< HTTP/'))
  const pairs = lines.slice(last + 1).map((line) => /^< ([^:]+):\s*(.*?)\s*$/.exec(line))
  return Object.fromEntries(
    pairs.flatMap((pair) => (pair ? [[pair[1]?.toLowerCase() ?? '', pair[2] ?? '']] : [])),
  )
}

/** How a connection ended, from curl's exit status and its last words. */
export function closeOf(exit: number | null, said: CurlSaid): SeenClose['how'] {
  if (said.alert?.direction === 'received') return 'alert'
  if (exit === 7) return 'refused'
  if (exit === 28) return 'limit'
  const words = said.error?.message ?? ''
  if (/reset by peer|errno 104|Broken pipe|errno 32|errno 107/i.test(words)) return 'reset'
  if (exit === 52 || /unexpected eof|Empty reply|closed|errno 0/i.test(words)) return 'end'
  return 'ours'
}
