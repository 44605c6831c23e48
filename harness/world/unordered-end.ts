import type { StartedMember } from './member.ts'

/** A process that served has ended, and nobody had told it to. */
export interface UnorderedEnd {
  readonly member: string
  readonly exit: number
  /** Whoever asked whether it lives was told that it does not. */
  readonly seen: boolean
  /** What it logged last. */
  readonly log: readonly string[]
}

type Ended = Pick<StartedMember, 'name' | 'start' | 'log'> & {
  readonly container: Pick<StartedMember['container'], 'ended' | 'exited'>
}

/**
 * Undefined of a process that runs, and of one that never served: its start is what was looked at. So it is of one
 * whose container was lost: that is no end of its own. Asks nobody, and does not wait.
 */
export async function endOf(
  { name, start, log, container }: Ended,
  seen: boolean,
): Promise<UnorderedEnd | undefined> {
  if (start.process?.ready !== true || !container.ended.aborted) return undefined
  const exit = await container.exited.catch(() => undefined)
  return exit === undefined ? undefined : { member: name, exit, seen, log: lastWords(log.lines) }
}

const wordsKept = 3

/** Go tells why it ends before it tells where every goroutine stood. */
function lastWords(lines: StartedMember['log']['lines']): string[] {
  const why = lines.findLastIndex(({ raw }) => /^(panic|fatal error): /.test(raw))
  const last = why < 0 ? lines.slice(-wordsKept) : lines.slice(why, why + wordsKept)
  return last.map(({ raw }) => raw)
}
