import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { isAnother } from './chosen-engine.ts'

test('another engine is a socket that was not chosen', () => {
  const usual = 'unix:///var/run/docker.sock'
  expect(isAnother(usual, undefined)).toBe(false)
  expect(isAnother(usual, usual)).toBe(false)
  expect(isAnother(usual, 'unix:///no/engine')).toBe(true)
  expect(isAnother(usual, 'tcp://127.0.0.1:1')).toBe(true)
  expect(isAnother('http://127.0.0.1:2375', 'tcp://127.0.0.1:2375')).toBe(false)
})

test('a chosen engine that does not answer is not replaced by the usual one', async () => {
  const main = join(import.meta.dirname, '../cli/main.ts')
  const env = { DOCKER_HOST: 'unix:///no/engine' }
  const { exitCode, stderr } = await execa(process.execPath, [main, 'run'], { reject: false, env })
  expect([exitCode, stderr]).toEqual([3, expect.stringContaining('unix:///no/engine')])
})
