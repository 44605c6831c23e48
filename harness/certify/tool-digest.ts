import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { join } from 'node:path'
import { ownFolder } from '../own-folder.ts'

/** All that decides what is asked, seen, judged and written; in the checkout and in a package alike. */
const parts = '{docker,fixtures,harness,reports,suites}/**/*.{ts,json,go,proto}'
const outside = /(^|\/)(testing|bench|node_modules)\/|\.test\.ts$|\.d\.ts$/

let known: Promise<string> | undefined

/**
 * SHA-256 over the sources of this tool, tests left out. Two that are alike ask, judge and write alike; of two that
 * are not, one is another version, or was changed.
 */
export const toolDigest = (): Promise<string> => (known ??= digestNow())

async function digestNow(): Promise<string> {
  const files: string[] = []
  for await (const file of glob(parts, { cwd: ownFolder })) files.push(file.replaceAll('\\', '/'))
  const hash = createHash('sha256')
  for (const file of files.filter((one) => !outside.test(one)).sort())
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(ownFolder, file)))
      .update('\0')
  return hash.digest('hex')
}
