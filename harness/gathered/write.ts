import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { GatheredRecord } from './record.ts'

/** Name of the file in the evidence folder of its cell: one line of JSON, compressed, for there are many. */
export const gatheredFile = 'gathered.json.gz'

/** A record as text: one line of JSON. */
export const gatheredText = (record: GatheredRecord): string => `${JSON.stringify(record, rawLines)}\n`

/** Of a log line its place and its text: what it says is read from them. */
function rawLines(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('raw' in value && 'index' in value)) return value
  return { index: value.index, raw: value.raw }
}

const compressed = promisify(gzip)

/** Writes a record; its folder is made where it is not there. */
export async function writeGathered(file: string, record: GatheredRecord): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, await compressed(gatheredText(record)))
}
