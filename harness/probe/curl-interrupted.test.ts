import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import type { Observation } from './observation.ts'
import { listening } from './testing/stand-in.ts'

test(
  'a Ctrl-C of the terminal, which goes to the whole group, ends no curl',
  { timeout: 30_000 },
  async () => {
    const program = join(import.meta.dirname, 'testing/curl-run.ts')
    const server = createServer((_request, response) => {
      process.kill(-group(), 'SIGINT')
      response.end('here')
    })
    const child = spawn(process.execPath, [program, String(await listening(server))], {
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const group = (): number => child.pid ?? Number.NaN
    const [said] = await Promise.all([text(child.stdout), once(child, 'exit')])
    server.close()
    const seen = JSON.parse(said) as Observation
    expect(seen).toMatchObject({ command: { exit: 0 }, http: { status: 200, body: 'here' } })
  },
)
