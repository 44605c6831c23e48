import { visible } from '../../reports/sanitize.ts'

/**
 * Says what went wrong in the sentences of the error, without its stack (ETCD_TLS_DEBUG=1 shows that, too).
 * @returns the exit status: that of the error (2 usage or input, 3 the harness), 3 for an unforeseen one.
 */
export function explainFailure(
  error: unknown,
  write: (text: string) => void = (text) => process.stderr.write(text),
  debug = process.env['ETCD_TLS_DEBUG'] === '1',
): 2 | 3 {
  const full = noRoom(error)
  const known = hasExit(error) || full !== undefined
  const message = full ?? (error instanceof Error ? error.message : String(error))
  // Messages may quote a stranger's output, lines and all, but no control character of it.
  const lines = message.split('\n').map(visible)
  write(`etcd-tls: ${known ? '' : 'unforeseen failure: '}${lines.join('\n')}\n`)
  if (debug) write(`${stacks(error)}\n`)
  else if (!known) write('ETCD_TLS_DEBUG=1 shows where.\n')
  return hasExit(error) ? error.exit : 3
}

/** A full or read-only file system, wherever it was met; what was written until then is not whole. */
function noRoom(error: unknown): string | undefined {
  const { code = '', path } = (error ?? {}) as NodeJS.ErrnoException
  const why = {
    ENOSPC: 'no space is left',
    EDQUOT: 'the quota is used up',
    EROFS: 'the file system is read-only',
  }[code]
  if (why === undefined || hasExit(error)) return undefined
  const where = path === undefined ? 'where the results or temporary files go' : `for ${path}`
  return `Nothing more could be written: ${why} ${where}. What was written is not whole; make room, and run again.`
}

/** Errors of the harness and of the reports carry the exit status they call for. */
const hasExit = (error: unknown): error is Error & { exit: 2 | 3 } =>
  error instanceof Error && 'exit' in error && (error.exit === 2 || error.exit === 3)

function stacks(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const own = error.stack ?? error.message
  return error.cause === undefined ? own : `${own}\ncaused by ${stacks(error.cause)}`
}
