import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { resultsJsonSchema } from './json-schema.ts'

/** Writes the published JSON Schema again, after a change of schema.ts: `node reports/write-schema.ts`. */
const file = join(import.meta.dirname, 'results-schema.json')
writeFileSync(file, `${JSON.stringify(resultsJsonSchema(), null, 2)}\n`)
