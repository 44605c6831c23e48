import type { Command } from 'commander'
import { wordsOf } from './markdown-commands.ts'

/** An example of a help text. */
export interface Example {
  /** As it is typed, without what is said of it. */
  readonly line: string
  /** The command's arguments, as a shell would hand them over, without what is redirected. */
  readonly args: readonly string[]
}

/** What `--help` of a command prints, with all that was added to it. */
export function helpOf(command: Command): string {
  let text = ''
  command.configureOutput({ writeOut: (more) => (text += more) })
  command.outputHelp()
  return text
}

/** The lines below `Examples:` that begin with the tool's name; two spaces end the command. */
export function examplesOf(command: Command): Example[] {
  const [, block = ''] = /^Examples?:\n((?: .*\n?)+)/m.exec(helpOf(command)) ?? []
  return block
    .replaceAll(/ \\\n +/g, ' ')
    .split('\n')
    .map((line) => line.trim().split(/ {2,}/, 1)[0] ?? '')
    .filter((line) => line.startsWith('etcd-tls'))
    .map((line) => ({ line, args: wordsOf(line).slice(1) }))
}
