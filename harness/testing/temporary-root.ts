import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryFolder } from '../engine/temporary.ts'

/**
 * One folder under which all temporary folders of all tests lie, those of the programs that they start among them.
 * It carries the id of the test run: the sweep finds what a killed one left. What Node compiles of our sources is kept
 * in it for all these programs: some two hundred of them strip and compile the same files.
 * @returns what removes it again.
 */
export default async function temporaryRoot(): Promise<() => Promise<void>> {
  const folder = await temporaryFolder('tests')
  const put = { TMPDIR: folder.path, NODE_COMPILE_CACHE: join(folder.path, 'compiled') }
  const before = Object.fromEntries(Object.keys(put).map((name) => [name, process.env[name]]))
  Object.assign(process.env, put)
  return async () => {
    for (const [name, value] of Object.entries(before))
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    // A worker that is ending writes what it compiled; where the folder is gone it does without.
    await rm(put.NODE_COMPILE_CACHE, { recursive: true, force: true, maxRetries: 10 })
    await folder[Symbol.asyncDispose]()
  }
}
