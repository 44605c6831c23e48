/** A command of ours in a Markdown file. */
export interface MarkdownCommand {
  /** As it is typed, without what is said of it. */
  readonly line: string
  /** The program: `npx`, `npm`, `openssl`, … */
  readonly program: string
  readonly args: readonly string[]
}

/** The commands of the ```sh blocks, in their order; those of one line that are joined by `&&` are several. */
export function commandsOf(markdown: string): MarkdownCommand[] {
  const blocks = [...markdown.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block)
  return blocks
    .join('')
    .replaceAll(/ *\\\n */g, ' ')
    .split(/\n|&&/)
    .map((line) => line.replace(/(^|\s)#\s.*$/, '').trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [program = '', ...args] = wordsOf(line)
      return { line, program, args }
    })
}

/** As a shell would hand the words over, without what is redirected. */
export const wordsOf = (line: string): string[] =>
  [...line.replace(/ (?:>|>>|\|) .*$/, '').matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  )
