import { createHash } from 'node:crypto'
import { isFileRef, type FileRef } from '../../fixtures/credential.ts'
import type { Argument } from '../scenario/probe.ts'
import type { ProbeContext } from '../world/running.ts'

/** A file that a command reads. */
export interface CommandFile {
  readonly name: string
  readonly text: string
}

/** The words of a command; `shown` has bare file names where `words` has paths. */
export interface CommandLine {
  readonly words: readonly string[]
  readonly shown: readonly string[]
  readonly files: readonly CommandFile[]
}

/** Resolves the arguments of a probe; each file is called by the path of `folder`. Errors: HarnessError `unknown-member`. */
export async function commandLine(
  args: readonly Argument[],
  context: ProbeContext,
  folder: string,
): Promise<CommandLine> {
  const files = new Map<string, CommandFile>()
  const words: string[] = []
  const shown: string[] = []
  for (const argument of args) {
    const file = isFileRef(argument) ? await fileOf(argument, context, files) : undefined
    const word = file?.name ?? textOf(argument as Exclude<Argument, FileRef>, context)
    shown.push(word)
    words.push(file ? `${folder}/${file.name}` : word)
  }
  return { words, shown, files: [...files.values()] }
}

function textOf(argument: Exclude<Argument, FileRef>, context: ProbeContext): string {
  if (typeof argument === 'string') return context.resolve(argument)
  const { address, clientPort } = context.member(argument.url)
  return `${argument.scheme}://${address}:${clientPort}${context.resolve(argument.path)}`
}

/** Equal texts are one file; the names are those of the commands by hand. */
async function fileOf(
  ref: FileRef,
  context: ProbeContext,
  files: Map<string, CommandFile>,
): Promise<CommandFile> {
  const text = await context.pem(ref)
  const id = createHash('sha256').update(text).digest('hex')
  const known = files.get(id)
  if (known !== undefined) return known
  const taken = new Set([...files.values()].map(({ name }) => name))
  const [base, extension] = nameOf(ref)
  let name = `${base}.${extension}`
  for (let count = 2; taken.has(name); count++) name = `${base}-${count}.${extension}`
  const file = { name, text }
  files.set(id, file)
  return file
}

function nameOf(ref: FileRef): [base: string, extension: string] {
  switch (ref.file) {
    case 'certificate':
      return ['client', 'crt']
    case 'key':
      return ['client', 'key']
    case 'authority':
      return [
        [ref.of]
          .flat()
          .join('+')
          .replaceAll(/[^\w.+-]/g, '_'),
        'crt',
      ]
    case 'text':
      return ['file', 'txt']
  }
}
