import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { isAlive, parseStat, startMark } from './process-mark.ts'
import { lifeOf, makeRunId, parseRunId } from './run-id.ts'

describe('a run id', () => {
  test('names the moment and this process', () => {
    const text = makeRunId(new Date('2026-11-22T14:52:24.123Z'))
    expect(text).toMatch(/^20261122-145224-[0-9a-f]{8}-\d+-\d+-[0-9a-f]{4}$/)
    expect(parseRunId(text)).toMatchObject({ text, pid: process.pid, mark: startMark(process.pid) })
  })

  test('of this process is alive', () => {
    expect(lifeOf(makeRunId())).toBe('alive')
  })

  test('whose pid belongs to a later process is dead', () => {
    const other = makeRunId().replace(/-\d+(-[0-9a-f]{4})$/, '-1$1')
    expect(lifeOf(other)).toBe('dead')
  })

  test('of another host, of an unreadable mark or of another tool cannot be judged', () => {
    const own = makeRunId()
    expect(lifeOf(own.replace(/-[0-9a-f]{8}-/, '-00000000-'))).toBe('elsewhere')
    expect(lifeOf(own.replace(/-\d+(-[0-9a-f]{4})$/, '-0$1'))).toBe('elsewhere')
    expect(lifeOf('somebody-elses')).toBe('elsewhere')
  })
})

describe('a process mark', () => {
  test('ends with the process', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    const pid = child.pid ?? 0
    const mark = startMark(pid) ?? ''
    expect(isAlive(pid, mark)).toBe(true)
    expect(isAlive(pid, `${mark}1`)).toBe(false)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(isAlive(pid, mark)).toBe(false)
  })

  test('is read past a name with blanks and brackets, and a zombie has none', () => {
    const stat = (state: string): string =>
      `7 (a) b (c) ${state} 1 7 7 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 987654 1000 200`
    expect(parseStat(stat('S'))).toBe('987654')
    expect(parseStat(stat('Z'))).toBeUndefined()
  })
})
