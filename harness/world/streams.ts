import type { LogBook, LogWriter } from './log-book.ts'

/** The beginning of each stream of a process as text. */
export interface Output {
  stdout: string
  stderr: string
}
export const emptyOutput = (): Output => ({ stdout: '', stderr: '' })

/** Where the streams of a process go: pieces as they come, then the end. */
export interface Streams {
  readonly stdout: Pick<LogWriter, 'write'>
  readonly stderr: Pick<LogWriter, 'write'>
  /** What is left is a line, too. */
  end(): void
}

/** Characters kept of each stream, beside the log. */
const maxOutput = 65_536

/** Both streams become lines of the log, and text. */
export function streamsInto(log: LogBook, output: Output): Streams {
  const sink = (name: keyof Output): LogWriter => {
    const lines = log.writer()
    const decoder = new TextDecoder()
    const write = (piece: Uint8Array) => {
      const room = maxOutput - output[name].length
      if (room > 0) output[name] += decoder.decode(piece, { stream: true }).slice(0, room)
      return lines.write(piece)
    }
    return { write, end: () => lines.end() }
  }
  const [stdout, stderr] = [sink('stdout'), sink('stderr')]
  const end = (): void => {
    stdout.end()
    stderr.end()
  }
  return { stdout, stderr, end }
}
