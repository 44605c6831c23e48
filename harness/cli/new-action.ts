import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { inputError } from '../errors.ts'
import { ownFolder } from '../own-folder.ts'
import { word } from '../probe/shell.ts'
import type { Kind } from './starter.ts'

const endings = /\.scenario\.m?[tj]s$/

/**
 * Writes a scenario file that works as it is, and the folder for it. @returns what to tell the user.
 * Errors: `bad-name`, `exists`, `not-writable` (exit 2).
 */
export async function writeStarter(file: string, kind: Kind): Promise<string> {
  if (!endings.test(file))
    throw inputError(
      'bad-name',
      `${file}: the name of a scenario file ends in .scenario.ts, .mts, .js or .mjs.`,
    )
  const source = join(ownFolder, `harness/starters/${kind}.scenario.ts`)
  const text = (await readFile(source, 'utf8')).replace("'mine/first'", `'mine/${sectionOf(file)}'`)
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text, { flag: 'wx' })
  } catch (cause) {
    throw unwritten(file, cause)
  }
  return `${file} is written; play it:\n  npx etcd-tls run ${word(file)}\n`
}

/** The name of the file, in the letters that an id may have. */
const sectionOf = (file: string): string =>
  basename(file)
    .replace(endings, '')
    .replaceAll(/[^\w.-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '') || 'first'

function unwritten(file: string, cause: unknown): Error {
  const { code } = cause as NodeJS.ErrnoException
  if (code === 'EEXIST')
    return inputError(
      'exists',
      `${file} is there already, and nothing is overwritten; name another file.`,
      cause,
    )
  return inputError('not-writable', `${file} cannot be written (${code ?? String(cause)}).`, cause)
}
