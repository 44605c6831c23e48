import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { engineIfAny } from './client.ts'
import { startDaemon, stopDaemon } from './daemon.ts'
import { isAlive, startMark } from './process-mark.ts'
import { readEngineRecord } from './state.ts'

vi.mock('./client.ts')

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daemon-'))
  vi.stubEnv('XDG_STATE_HOME', folder)
  vi.stubEnv('PATH', `${folder}:${process.env['PATH'] ?? ''}`)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

/** A dockerd that does what the lines say. */
function dockerd(...lines: string[]): void {
  writeFileSync(join(folder, 'dockerd'), ['#!/bin/sh', ...lines, ''].join('\n'))
  chmodSync(join(folder, 'dockerd'), 0o755)
}
const never = new AbortController().signal
const answersAfter = (times: number): void => {
  let asked = 0
  vi.mocked(engineIfAny).mockImplementation(() =>
    Promise.resolve(asked++ < times ? undefined : ({} as never)),
  )
}

test('the daemon is recorded, answered for, and ended together with its child', async () => {
  // The child outlives its parent's SIGTERM by a moment, as containerd does.
  dockerd(
    'sh -c \'trap "sleep 0.3; exit" TERM; while :; do sleep 0.05; done\' &',
    'child=$!',
    'echo $child > ' + join(folder, 'child'),
    "trap 'kill $child; exit' TERM",
    'wait',
  )
  answersAfter(2)
  const record = await startDaemon(never)
  expect(readEngineRecord()).toEqual(record)
  expect(isAlive(record.pid, record.mark)).toBe(true)
  const child = Number(readFileSync(join(folder, 'child'), 'utf8'))

  expect(await stopDaemon(record)).toBe(true)
  expect([startMark(record.pid), startMark(child)]).toEqual([undefined, undefined])
  expect(readEngineRecord()).toBeUndefined()
})

test('a daemon that ends at once is an error with the end of its log', async () => {
  dockerd('echo "failed to mount cgroup" >&2', 'exit 3')
  answersAfter(Infinity)
  await expect(startDaemon(never)).rejects.toThrow(
    /ended with status 3; the end of .*\nfailed to mount cgroup/,
  )
  expect(readEngineRecord()).toBeUndefined()
})

test('a daemon that is being waited for does not survive an interruption', async () => {
  dockerd('exec sleep 600')
  answersAfter(Infinity)
  const abort = new AbortController()
  const started = startDaemon(abort.signal)
  const record = await vi.waitUntil(() => readEngineRecord())
  abort.abort(new Error('interrupted'))
  await expect(started).rejects.toThrow('interrupted')
  expect(isAlive(record.pid, record.mark)).toBe(false)
})

test('a process that only has the recorded pid is left alone', async () => {
  const record = { pid: process.pid, mark: '1', log: '' }
  expect(await stopDaemon(record)).toBe(false)
  expect(startMark(process.pid)).toBeDefined()
})
