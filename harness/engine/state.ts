import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { readText } from './machine.ts'
import { stateFolder } from './state-folder.ts'

/** The engine that the set-up started: a pid, and the mark that shows it is still that process. */
const EngineRecord = z.object({ pid: z.number().int().positive(), mark: z.string(), log: z.string() })
export type EngineRecord = z.infer<typeof EngineRecord>

const file = (): string => join(stateFolder(), 'engine.json')

/** Undefined where the set-up started none, or the record cannot be read as one. */
export function readEngineRecord(): EngineRecord | undefined {
  const text = readText(file())
  if (text === undefined) return undefined
  try {
    return EngineRecord.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

export const writeEngineRecord = (record: EngineRecord): void => {
  writeFileSync(file(), `${JSON.stringify(record)}\n`, { mode: 0o600 })
}

export const removeEngineRecord = (): void => {
  rmSync(file(), { force: true })
}
