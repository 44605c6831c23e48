import { ownFolder } from '../own-folder.ts'
import { sourcesOf } from '../sources.ts'

/** All that decides what is asked, seen, judged and written. */
const folders = ['docker', 'fixtures', 'harness', 'reports', 'suites']

let known: Promise<string> | undefined

/**
 * SHA-256 over every byte of this tool as it runs, TypeScript or what a package has of it, tests left out. Two that are
 * alike ask, judge and write alike; of two that are not, one is another version, was changed, or was packed.
 */
export const toolDigest = (): Promise<string> => (known ??= sourcesOf(ownFolder, folders))
