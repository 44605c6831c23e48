import { line } from '../../probe/shell.ts'

/** The steps of a folder and, side by side, the lines they are to show. */
export class Script {
  /** Lines of steps.sh. */
  readonly steps: string[] = []
  /** Lines of expected.txt. */
  readonly expected: string[] = []
  /** Path → text of what lies in the folder beside the scripts. */
  readonly files: Record<string, string> = {}

  /** A comment of one line, after an empty one. */
  comment(text: string): void {
    this.steps.push('', `# ${oneLine(text)}`)
  }

  /** A command of `functions.sh` by its words, and the lines that it is to show, if any. */
  step(words: readonly string[], shows?: string | readonly string[]): void {
    this.raw(line(words), shows)
  }

  /** The same as shell text. */
  raw(text: string, shows: string | readonly string[] = []): void {
    this.steps.push(text)
    this.expected.push(...[shows].flat().map(oneLine))
  }
}

/** Text without line breaks and other control characters. */
export const oneLine = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ')
