import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { resultsJsonSchemaText } from './json-schema.ts'

/** Writes the published JSON Schema again: `node reports/write-schema.ts`, after a change of schema.ts. */
writeFileSync(join(import.meta.dirname, 'results-schema.json'), resultsJsonSchemaText())
