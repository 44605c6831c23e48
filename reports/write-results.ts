import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Results } from './schema.ts'

/**
 * Writes results with a line for each cell: as one string those of many builds would be longer than a string can be.
 * Errors: EEXIST where the file is there; results are written once.
 */
export async function writeResults(results: Results, file: string): Promise<void> {
  await pipeline(Readable.from(pieces(results)), createWriteStream(file, { flags: 'wx' }))
}

function* pieces({ results, ...rest }: Results): Generator<string> {
  yield `${JSON.stringify(rest).slice(0, -1)},\n"results": [`
  let before = '\n'
  for (const result of results) {
    yield before + JSON.stringify(result)
    before = ',\n'
  }
  yield '\n]}\n'
}
