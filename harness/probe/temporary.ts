import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryFolder } from '../engine/temporary.ts'
import type { CommandFile } from './arguments.ts'

/** Runs `use` with a folder of its own, which is removed whatever happens. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  await using folder = await temporaryFolder('probe')
  return await use(folder.path)
}

/** Writes files that only their owner reads: keys are among them. */
export async function writeFiles(folder: string, files: readonly CommandFile[]): Promise<void> {
  for (const { name, text } of files) await writeFile(join(folder, name), text, { mode: 0o600, flag: 'wx' })
}
