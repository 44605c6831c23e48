import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'

const shortRun = join(import.meta.dirname, 'testing/short-run.ts')

// One interruption as long as they come within a second; each finds another moment of the process's end.
test(
  'signals as fast as they come do not change the status of an interrupted process',
  { timeout: 30_000 },
  async () => {
    const child = spawn(process.execPath, [shortRun], { stdio: ['ignore', 'pipe', 'ignore'] })
    await once(child.stdout, 'data')
    let sent = 0
    while (child.exitCode === null && child.signalCode === null) {
      if (child.kill('SIGINT')) sent++
      await setImmediate()
    }
    expect([child.exitCode, child.signalCode]).toEqual([130, null])
    expect(sent).toBeGreaterThan(1)
  },
)
