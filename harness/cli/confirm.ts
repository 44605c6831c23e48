import { createInterface } from 'node:readline/promises'

/** Asks on the terminal; an empty answer is yes. An interruption is no. */
export async function confirm(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const abort = new AbortController()
  terminal.on('SIGINT', () => {
    abort.abort()
  })
  try {
    const answer = await terminal.question(`${question} [Y/n] `, { signal: abort.signal })
    return /^\s*(y(es)?)?\s*$/i.test(answer)
  } catch {
    return false
  } finally {
    terminal.close()
  }
}
