import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { ReportError } from './failure.ts'
import { oneLine } from './sanitize.ts'
import { Results } from './schema.ts'

/** Reads and validates a results file. Errors: ReportError, one sentence naming file and field. */
export async function loadResults(file: string): Promise<Results> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : message(cause)
    throw new ReportError('results-unreadable', `The results file ${file} cannot be read: ${why}.`, cause)
  }
  return parseResults(text, file)
}

/** The same for text; `file` is named in errors. */
export function parseResults(text: string, file: string): Results {
  const data = parseJson(text, file)
  refuseOthers(data, file)
  const parsed = Results.safeParse(data)
  // As it was written: reports made again are the same, and fields of a later edition survive a merge.
  if (parsed.success) return data as Results
  const [issue] = parsed.error.issues
  throw new ReportError(
    'results-invalid',
    `The results file ${file} is not valid: field ${issue === undefined ? '?' : fieldOf(issue)}.`,
    parsed.error,
  )
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ReportError(
      'results-not-json',
      `The results file ${file} is not JSON: ${message(cause)}.`,
      cause,
    )
  }
}

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
