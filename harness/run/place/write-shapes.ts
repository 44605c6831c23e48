import { writeFile } from 'node:fs/promises'
import { format, resolveConfig } from 'prettier'
import { shapesFile } from './shape.ts'
import { readShapes } from './read-shapes.ts'

/** `npm run schema` writes what the types of the vocabulary say, for those whose editor does not ask them. */
const options = await resolveConfig(shapesFile)
await writeFile(shapesFile, await format(JSON.stringify(readShapes()), { ...options, parser: 'json' }))
