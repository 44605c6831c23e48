import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { curl, etcdctl, url } from '../scenario/probe.ts'
import { observe } from './observe.ts'
import { listening, standIn } from './testing/stand-in.ts'

const killed = { code: 'client-killed', exit: 3 }

test('a curl that somebody ends has seen nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'etcd-tls-test-'))
  const program = join(folder, 'curl')
  writeFileSync(program, '#!/bin/sh\ncase "$*" in *--version*) echo OpenSSL;; *) kill -9 $$;; esac\n')
  chmodSync(program, 0o755)
  vi.stubEnv('PATH', `${folder}:${process.env['PATH'] ?? ''}`)
  await using server = createServer()
  const { context } = standIn(await listening(server))
  await expect(observe(curl({ args: [url('/version', 'http')] }), context)).rejects.toMatchObject(killed)
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

test('nor has an etcdctl', async () => {
  await using server = createServer()
  const { context } = standIn(await listening(server))
  const runBeside = () => Promise.resolve({ exit: 137, stdout: '', stderr: '', address: '10.0.0.9' })
  const probe = etcdctl({ args: ['get', 'k'] })
  await expect(observe(probe, { ...context, runBeside })).rejects.toMatchObject(killed)
})
