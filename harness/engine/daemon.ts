import { spawn } from 'node:child_process'
import { closeSync, openSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { HarnessError } from '../errors.ts'
import { engineIfAny } from './client.ts'
import { readText, which } from './machine.ts'
import { isAlive, startMark } from './process-mark.ts'
import { removeEngineRecord, writeEngineRecord, type EngineRecord } from './state.ts'
import { stateFolder } from './state-folder.ts'
import { until } from './until.ts'

const answerLimit = 60_000
const endLimit = 60_000

/**
 * Starts dockerd in a session of its own, so that no Ctrl-C of ours reaches it, records it, and waits until it
 * answers. Errors: HarnessError `engine-start` with the end of its log; then it is not left running.
 */
export async function startDaemon(signal: AbortSignal): Promise<EngineRecord> {
  const log = join(stateFolder(), 'dockerd.log')
  const output = openSync(log, 'w', 0o600)
  const child = spawn(which('dockerd') ?? 'dockerd', [], {
    detached: true,
    stdio: ['ignore', output, output],
    cwd: '/',
    // dockerd looks for iptables and containerd on its PATH, which may lack the sbin folders.
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/local/sbin:/usr/sbin:/sbin` },
  })
  closeSync(output)
  let failed: string | undefined
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => {
      resolve((failed = error.message))
    })
    child.on('exit', (code, by) => {
      resolve((failed = `it ended with ${by ?? `status ${String(code)}`}`))
    })
  })
  child.unref()
  const pid = child.pid
  const mark = pid === undefined ? undefined : startMark(pid)
  if (pid === undefined || mark === undefined) throw startFailure(await ended, log)
  const record = { pid, mark, log }
  writeEngineRecord(record)
  try {
    await untilAnswers(signal, () => failed)
    return record
  } catch (error) {
    await stopDaemon(record)
    throw signal.aborted || failed === undefined ? error : startFailure(failed, log)
  }
}

/** Waits until an engine answers. `failed` says why it never will. */
export async function untilAnswers(
  signal: AbortSignal,
  failed = (): string | undefined => undefined,
): Promise<void> {
  await until(
    'the container engine to answer',
    answerLimit,
    async () => {
      const why = failed()
      if (why !== undefined) throw new Error(why)
      return engineIfAny()
    },
    { signal },
  )
}

function startFailure(why: string, log: string): HarnessError {
  const lines = (readText(log) ?? '').trim().split('\n').slice(-5)
  const message = `dockerd could not be started: ${why}; the end of ${log}:\n${lines.join('\n')}`
  return new HarnessError('engine-start', message)
}

/**
 * Ends the recorded engine with SIGTERM and waits until it and its containerd are gone.
 * Errors: HarnessError `waited-too-long`.
 * @returns false when it had ended before.
 */
export async function stopDaemon(record: EngineRecord): Promise<boolean> {
  if (!isAlive(record.pid, record.mark)) {
    removeEngineRecord()
    return false
  }
  const family = [record.pid, ...childrenOf(record.pid)].map((pid) => ({ pid, mark: startMark(pid) ?? '' }))
  process.kill(record.pid, 'SIGTERM')
  const gone = (): true | undefined => (family.some(({ pid, mark }) => isAlive(pid, mark)) ? undefined : true)
  await until(`dockerd (pid ${String(record.pid)}) and its containerd to end`, endLimit, gone)
  removeEngineRecord()
  return true
}

/** Pids of a process's children, over all its threads (proc(5), /proc/<pid>/task/<tid>/children). */
function childrenOf(pid: number): number[] {
  const tasks = `/proc/${String(pid)}/task`
  const texts = readdirSync(tasks).map((task) => readText(join(tasks, task, 'children')) ?? '')
  return texts
    .join(' ')
    .split(/\s+/)
    .filter((text) => text !== '')
    .map(Number)
}
