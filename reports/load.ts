import { readFile, stat } from 'node:fs/promises'
import type { z } from 'zod'
import { ReportError } from './failure.ts'
import { readLarge } from './large-results.ts'
import { oneLine } from './sanitize.ts'
import { CellResult, Results } from './schema.ts'

/** From here on cells are read one by one, and their evidence when it is asked for. Bytes. */
const large = 64 * 1024 * 1024

/**
 * Reads and validates a results file. Of a large one the evidence stays in the file, which must not be written to while
 * it is reported on. Errors: ReportError, one sentence naming file and field.
 */
export async function loadResults(file: string, largeFrom = large): Promise<Results> {
  try {
    if ((await stat(file)).size >= largeFrom) return loadLarge(file)
    return parseResults(await readFile(file, 'utf8'), file)
  } catch (cause) {
    if (cause instanceof ReportError) throw cause
    const why = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : message(cause)
    throw new ReportError('results-unreadable', `The results file ${file} cannot be read: ${why}.`, cause)
  }
}

function loadLarge(file: string): Results {
  try {
    const { frame, cells } = readLarge(file, (cell, place) => {
      const parsed = CellResult.safeParse(cell)
      if (!parsed.success) throw invalid(file, parsed.error, ['results', place])
    })
    const rest = parseResults(frame, file)
    // In one of them the name is spelt with escapes, or it stands there twice: which one counts?
    if (rest.results.length > 0) throw notJson(file, new SyntaxError('it has two lists of results'))
    return { ...rest, results: cells }
  } catch (cause) {
    throw cause instanceof SyntaxError ? notJson(file, cause) : cause
  }
}

/** The same for text; `file` is named in errors. */
export function parseResults(text: string, file: string): Results {
  const data = parseJson(text, file)
  refuseOthers(data, file)
  const parsed = Results.safeParse(data)
  // As it was written: reports made again are the same, and fields of a later edition survive a merge.
  if (parsed.success) return data as Results
  throw invalid(file, parsed.error)
}

function invalid(file: string, error: z.ZodError, below: readonly PropertyKey[] = []): ReportError {
  const [issue] = error.issues
  const field = issue === undefined ? '?' : fieldOf({ ...issue, path: [...below, ...issue.path] })
  return new ReportError('results-invalid', `The results file ${file} is not valid: field ${field}.`, error)
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw notJson(file, cause)
  }
}

const notJson = (file: string, cause: unknown): ReportError =>
  new ReportError('results-not-json', `The results file ${file} is not JSON: ${message(cause)}.`, cause)

function refuseOthers(data: unknown, file: string): void {
  const { format, formatVersion } = (data ?? {}) as Record<string, unknown>
  if (format !== 'etcd-tls/results') {
    throw new ReportError(
      'results-format',
      `The file ${file} holds no results of etcd-tls: its field format is ${shown(format)}, not "etcd-tls/results".`,
    )
  }
  if (formatVersion !== 1) {
    throw new ReportError(
      'results-version',
      `The results file ${file} has formatVersion ${shown(formatVersion)}; this etcd-tls reads version 1.`,
    )
  }
}

/** `results[3].verdict: Invalid option …`. */
function fieldOf(issue: z.core.$ZodIssue): string {
  const path = issue.path.map((part) => (typeof part === 'number' ? `[${String(part)}]` : `.${String(part)}`))
  return oneLine(`${path.join('').replace(/^\./, '')}: ${issue.message}`)
}

const shown = (value: unknown): string =>
  value === undefined ? 'missing' : oneLine(JSON.stringify(value).slice(0, 60))
const message = (cause: unknown): string => oneLine(cause instanceof Error ? cause.message : String(cause))
