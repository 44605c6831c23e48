import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { withLock } from './lock.ts'

const name = `test-${String(process.pid)}`

describe('a lock', () => {
  test('lets one work at a time', async () => {
    const order: string[] = []
    const work = (who: string) => async (): Promise<void> => {
      order.push(`${who} in`)
      await new Promise((resolve) => setImmediate(resolve))
      order.push(`${who} out`)
    }
    await Promise.all(['a', 'b', 'c'].map((who) => withLock(name, 5000, work(who))))
    const pairs = [0, 2, 4].map((i) => order.slice(i, i + 2).map((step) => step.split(' ')))
    expect(pairs.every(([into, out]) => into?.[0] === out?.[0])).toBe(true)
    expect(order).toHaveLength(6)
  })

  test('says what it waited for', async () => {
    const held = withLock(name, 5000, () => expect(withLock(name, 20, async () => 1)).rejects.toThrow(name))
    await held
  })

  test('is free after an error, and after its holder was killed', async () => {
    await expect(withLock(name, 5000, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    const script = `import { withLock } from ${JSON.stringify(new URL('lock.ts', import.meta.url).href)}
      await withLock(${JSON.stringify(name)}, 1000, () => new Promise(() => { console.log('held'); setInterval(() => {}, 1000) }))`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script])
    await once(child.stdout, 'data')
    await expect(withLock(name, 20, async () => 1)).rejects.toThrow(name)
    const waits = withLock(name, 5000, async () => 'free')
    child.kill('SIGKILL')
    expect(await waits).toBe('free')
  })
})
