import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../engine/temporary.ts'
import type { Surroundings } from '../road.ts'
import { binaryRoad } from './binary.ts'

/** The road must refuse before it asks the engine for anything. */
const surroundings = { arch: 'amd64', onProgress: () => undefined } as unknown as Surroundings

/** A long path is cut in the sentence. */
const shown = (path: string): string => `file:${path}`.slice(0, 100)

const refused = (path: string, code: string, words = shown(path)) =>
  expect(binaryRoad({ road: 'binary', asked: `file:${path}`, path }, surroundings)).rejects.toThrow(
    expect.objectContaining({ code, exit: 2, message: expect.stringContaining(words) as string }),
  )

test('no file, a folder, a device and a script are refused', async () => {
  await using folder = await temporaryFolder('test')
  const script = join(folder.path, 'etcd')
  await writeFile(script, '#!/bin/sh\necho etcd Version: 3.6.16\n')
  await chmod(script, 0o755)
  await refused(join(folder.path, 'none'), 'no-file')
  await refused(folder.path, 'no-file', ': it is a folder; name the etcd binary in it.')
  await refused('/dev/zero', 'no-file')
  await refused(script, 'not-a-program')
})

test.runIf(process.platform === 'linux')('a dynamic program is refused', async () => {
  await refused(process.execPath, 'not-static')
})
