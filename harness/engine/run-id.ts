import { createHash, randomBytes } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { isAlive, startMark } from './process-mark.ts'

/** What a run's id says: when it began and which process it is. */
export interface RunId {
  readonly text: string
  /** Hash of the host, its boot and the pid namespace: only here do pid and mark mean anything. */
  readonly host: string
  readonly pid: number
  readonly mark: string
}

/** Where a process cannot read its own start. */
const unknownMark = '0'

const pattern = /^\d{8}-\d{6}-([0-9a-f]{8})-(\d+)-(\d+)-[0-9a-f]{4}$/

/**
 * A new id for this process: `20261122-145224-<host>-<pid>-<start mark>-<random>`; UTC. It is the value of the
 * run's label, part of the names of its temporary folders and the name of its folder under `.etcd-tls`.
 */
export function makeRunId(now: Date = new Date()): string {
  const digits = now.toISOString().replaceAll(/\D/g, '')
  const stamp = `${digits.slice(0, 8)}-${digits.slice(8, 14)}`
  const mark = startMark(process.pid) ?? unknownMark
  return `${stamp}-${hostKey()}-${String(process.pid)}-${mark}-${randomBytes(2).toString('hex')}`
}

/** Undefined when this project did not make the text. */
export function parseRunId(text: string): RunId | undefined {
  const match = pattern.exec(text)
  if (match === null) return undefined
  const [, host, pid, mark] = match as unknown as [string, string, string, string]
  return { text, host, pid: Number(pid), mark }
}

/** `alive` and `dead` are known only for runs of this host; for others only the age of what they left counts. */
export type Life = 'alive' | 'dead' | 'elsewhere'

export function lifeOf(text: string): Life {
  const id = parseRunId(text)
  if (id?.host !== hostKey() || id.mark === unknownMark) return 'elsewhere'
  return isAlive(id.pid, id.mark) ? 'alive' : 'dead'
}

let key: string | undefined

/** Names this host until its next boot, and the pid namespace, so that two containers are two hosts. */
function hostKey(): string {
  const parts = [hostname(), attempt(bootId), attempt(() => readlinkSync('/proc/self/ns/pid'))]
  return (key ??= createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 8))
}

const bootId = (): string => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()

/** Off Linux there is neither; the start mark is a date there, so it stays unique. */
function attempt(read: () => string): string {
  try {
    return read()
  } catch {
    return ''
  }
}
