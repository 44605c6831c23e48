import type { LogLine } from './log-line.ts'

/**
 * Reads one line of etcd's log: zap's JSON (from 3.5, `--logger=zap` from 3.4) or capnslog's text (to 3.4).
 * A line of another kind has its text as the message. Source: etcd server/embed/config_logging.go.
 */
export function parseLogLine(raw: string, index: number): LogLine {
  return raw.startsWith('{')
    ? (zap(raw, index) ?? plain(raw, index))
    : (capnslog(raw, index) ?? plain(raw, index))
}

const plain = (raw: string, index: number): LogLine => ({ index, raw, message: raw })

function zap(raw: string, index: number): LogLine | undefined {
  let fields: Record<string, unknown>
  try {
    fields = JSON.parse(raw) as Record<string, unknown>
  } catch {
    return undefined
  }
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name] : undefined)
  return compact({
    index,
    raw,
    message: text('msg') ?? raw,
    level: text('level'),
    ...remote(text('remote-addr')),
    error: text('error'),
    serverName: text('server-name'),
    host: text('host'),
  })
}

/** `2026-11-22 15:00:00.000000 I | embed: rejected connection from "a:1" (error "…", ServerName "…")` */
const capnslogLine = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ ([A-Z]) \| [^:]+: (.*)$/
const rejected =
  /^rejected connection from "([^"]*)" \(error ("(?:[^"\\]|\\.)*"), ServerName ("(?:[^"\\]|\\.)*")/
/** 3.2.0 to 3.2.10 (`setupLogging`, etcdmain/etcd.go): the error alone, and not quoted. */
const rejectedPlainly = /^rejected connection from "([^"]*)" \((?!error ")(.*)\)$/

function capnslog(raw: string, index: number): LogLine | undefined {
  const line = capnslogLine.exec(raw)
  if (line === null) return undefined
  const message = line[2] ?? ''
  const refusal = rejected.exec(message)
  const plainly = rejectedPlainly.exec(message)
  return compact({
    index,
    raw,
    message,
    level: line[1],
    ...remote(refusal?.[1] ?? plainly?.[1]),
    error: unquoted(refusal?.[2]) ?? plainly?.[2],
    serverName: unquoted(refusal?.[3]),
    host: /^rejecting HTTP request from "([^"]*)"/.exec(message)?.[1],
  })
}

/** Go's %q is close enough to JSON for what etcd puts there; what is not stays as it is. */
function unquoted(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text) as string
  } catch {
    return text.slice(1, -1)
  }
}

function remote(address: string | undefined): { remoteAddress?: string; remotePort?: number } {
  const parts = /^\[?([^\]]*)\]?:(\d+)$/.exec(address ?? '')
  return parts === null ? {} : { remoteAddress: parts[1] ?? '', remotePort: Number(parts[2]) }
}

function compact<T extends object>(line: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(line).filter(([, value]) => value !== undefined)) as never
}
