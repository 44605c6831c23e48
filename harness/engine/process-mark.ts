import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * When a process started, as a mark that a later process with the same pid does not share: clock ticks since
 * boot on Linux (field 22 of /proc/<pid>/stat, proc(5)), the text of `ps -o lstart` hashed to digits elsewhere.
 * Undefined when no such process lives (a zombie has ended: it only waits for its parent).
 */
export function startMark(pid: number): string | undefined {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid)
}

/** Is the process with this pid the one that was marked, and alive? */
export const isAlive = (pid: number, mark: string): boolean => startMark(pid) === mark

function fromProc(pid: number): string | undefined {
  try {
    return parseStat(readFileSync(`/proc/${String(pid)}/stat`, 'latin1'))
  } catch {
    return undefined
  }
}

/** The start time of a line of /proc/<pid>/stat; undefined for a zombie. The name may hold blanks and brackets. */
export function parseStat(stat: string): string | undefined {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const state = fields[0]
  return state === 'Z' || state === 'X' ? undefined : fields[19]
}

function fromPs(pid: number): string | undefined {
  try {
    const text = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    return text === '' ? undefined : String(Date.parse(text))
  } catch {
    return undefined
  }
}
