import { rm } from 'node:fs/promises'
import { constants, enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { stateFolder } from '../engine/state-folder.ts'

const folder = (): string => join(stateFolder(), 'compiled')

/**
 * Has Node keep what it compiles, for this process and its workers: most of what a command takes to start. Where the
 * folder cannot be written, or Node is told not to, nothing is kept. `command`: what takes the folder away keeps nothing.
 */
export function keepCompiled(command: string | undefined): void {
  if (command === 'clean') return
  try {
    const { ENABLED } = constants.compileCacheStatus
    if (enableCompileCache(folder()).status === ENABLED) process.env['NODE_COMPILE_CACHE'] = folder()
  } catch {
    // No folder.
  }
}

/** Takes away what was kept. */
export const removeCompiled = (): Promise<void> => rm(folder(), { recursive: true, force: true })
