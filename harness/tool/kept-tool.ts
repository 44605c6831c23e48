import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { stateFolder } from '../engine/state-folder.ts'
import { findGo, type Go } from '../subject/go.ts'

/** Folder of all tools that are kept. */
const toolFolder = (): string => join(stateFolder(), 'tools')

/** Removes all tools that are kept; their names. */
export async function removeTools(): Promise<string[]> {
  const names = existsSync(toolFolder()) ? await readdir(toolFolder()) : []
  await rm(toolFolder(), { recursive: true, force: true })
  return names
}

/**
 * A folder with commands for this machine, kept between runs in the folder for what outlives them. Built beside its
 * place and moved there whole: of two runs that build, one is first and both are right.
 * @param name names the tool and all that its build depends on
 * @param build writes the commands into the folder it is given
 * Errors: those of `findGo` and of `build`; the reason of the signal.
 */
export async function keptTool(
  name: string,
  build: (go: Go, folder: string) => Promise<unknown>,
  signal: AbortSignal,
): Promise<string> {
  const folder = join(toolFolder(), name)
  if (existsSync(folder)) return folder
  await mkdir(toolFolder(), { recursive: true })
  const unfinished = await mkdtemp(`${folder}.`)
  try {
    await build(await findGo(unfinished, signal), unfinished)
    await rename(unfinished, folder)
  } catch (cause) {
    await rm(unfinished, { recursive: true, force: true })
    if (!existsSync(folder)) throw cause
  }
  return folder
}
