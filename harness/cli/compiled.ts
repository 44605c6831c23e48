import { rm } from 'node:fs/promises'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { stateFolder } from '../engine/state-folder.ts'

const folder = (): string => join(stateFolder(), 'compiled')

/**
 * Has Node keep what this process compiles, a third of what a command takes to start. Where the folder cannot be
 * written, or Node is told not to, nothing is kept. Not for workers: the runner gives its modules new names each time,
 * so what is kept of them is of no use to anybody. `command`: what takes the folder away keeps nothing.
 */
export function keepCompiled(command: string | undefined): void {
  if (command === 'clean') return
  try {
    enableCompileCache(folder())
  } catch {
    // No folder.
  }
}

/** Takes away what was kept. */
export const removeCompiled = (): Promise<void> => rm(folder(), { recursive: true, force: true })
