import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeRunId } from './run-id.ts'
import { doomed, leaseMilliseconds, sweepFolders } from './sweep.ts'

const now = 1_000_000_000
const old = now - leaseMilliseconds - 1
const life = (run: string): 'alive' | 'dead' | 'elsewhere' =>
  run.startsWith('alive') ? 'alive' : run.startsWith('dead') ? 'dead' : 'elsewhere'

describe('the runs whose things may go', () => {
  const things = [
    { run: 'alive', created: old },
    { run: 'dead', created: now },
    { run: 'far-quiet', created: old },
    { run: 'far-busy', created: old },
    { run: 'far-busy', created: now - 1000 },
  ]

  test('are the dead ones, and elsewhere those that made nothing within the lease', () => {
    expect([...doomed(things, 'dead', now, life)]).toEqual(['dead', 'far-quiet'])
  })

  test('are those of one run', () => {
    expect([...doomed(things, { run: 'alive' }, now, life)]).toEqual(['alive'])
  })

  test('are all on demand', () => {
    expect(doomed(things, 'all', now, life).size).toBe(4)
  })
})

test('temporary folders of a dead run go, those of a living run and of others stay', async () => {
  const living = makeRunId()
  const dead = makeRunId().replace(/-\d+(-[0-9a-f]{4})$/, '-1$1')
  const [mine, left] = [join(tmpdir(), `etcd-tls-${living}-w1`), join(tmpdir(), `etcd-tls-${dead}-w1`)]
  await Promise.all([mine, left].map((path) => mkdir(join(path, 'inside'), { recursive: true })))
  const foreign = await mkdtemp(join(tmpdir(), 'etcd-tls-other-'))
  try {
    expect(await sweepFolders('dead')).toContain(left)
    await expect(stat(left)).rejects.toThrow('ENOENT')
    await Promise.all([stat(mine), stat(foreign)])
    expect(await sweepFolders({ run: living })).toEqual([mine])
  } finally {
    await Promise.all([mine, left, foreign].map((path) => rm(path, { recursive: true, force: true })))
  }
})
