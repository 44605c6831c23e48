import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CommandFile } from './arguments.ts'

/** Runs `use` with a folder of its own, which is removed whatever happens. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'etcd-tls-probe-'))
  try {
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Writes files that only their owner reads: keys are among them. */
export async function writeFiles(folder: string, files: readonly CommandFile[]): Promise<void> {
  for (const { name, text } of files) await writeFile(join(folder, name), text, { mode: 0o600, flag: 'wx' })
}
