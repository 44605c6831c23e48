import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CellResult } from '../../../reports/schema.ts'
import { timelineLines } from '../../../reports/timeline.ts'

/** Bytes of a name that every file system takes, with room to spare. */
const longest = 200

/**
 * A part of a path that stays below its folder: ids have `/`, `:`, `=` and `,`, names of subjects `@` and `+`. A
 * longer one ends with its hash.
 */
export function part(text: string): string {
  const safe = text
    .replaceAll('/', '__')
    .replaceAll(/[^\w.@+=,-]/g, '_')
    .replace(/^\.+$/, (dots) => '_'.repeat(dots.length))
  if (safe.length <= longest) return safe
  return `${safe.slice(0, longest - 9)}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`
}

/** Of one cell on one subject, relative to the run's folder. */
export const evidenceFolder = (subject: string, cell: string): string =>
  join('evidence', part(subject), part(cell))

/**
 * Writes what was seen for a cell as files a person can open, and names the folder in the result. Public
 * certificates only.
 */
export async function withEvidence(out: string, result: CellResult): Promise<CellResult> {
  if (result.verdict === 'not-applicable') return result
  const evidence = evidenceFolder(result.subject, result.cell)
  const folder = join(out, evidence)
  await mkdir(folder, { recursive: true })
  const files: Record<string, string> = {
    'verdict.json': json({
      ...result,
      probe: undefined,
      control: undefined,
      again: undefined,
      without: undefined,
      health: undefined,
      log: undefined,
      world: undefined,
      timeline: undefined,
    }),
    'etcd.log': lines(result.log?.map(({ raw }) => raw)),
    'by-hand.txt': lines(result.byHand),
    'certificates.pem': (result.world?.certificates ?? [])
      .map(({ role, subject, pem }) => `# ${role}: ${subject}\n${pem}`)
      .join(''),
    'world.json': json(result.world?.members ?? []),
    ...observationFiles(result),
    ...timelineFiles(result),
  }
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)))
  return { ...result, ...(result.log && { log: keptLog(result) }), evidence }
}

/** Lines of the member's log that the results of a kept promise hold; the folder has more. */
const keptLines = 20

const keptLog = ({ verdict, declared, log = [] }: CellResult): CellResult['log'] =>
  verdict === 'pass' && declared === undefined ? log.slice(-keptLines) : log

function observationFiles(result: CellResult): Record<string, string> {
  const { probe, control, again, without } = result
  return Object.fromEntries(
    Object.entries({ probe, control, again, without }).flatMap(([name, seen]) =>
      seen === undefined ? [] : [[`${name}.json`, json(seen)]],
    ),
  )
}

/** For people, and with every observation. */
function timelineFiles(result: CellResult): Record<string, string> {
  if (result.timeline === undefined) return {}
  return { 'timeline.txt': lines(timelineLines(result)), 'timeline.json': json(result.timeline) }
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
const lines = (texts: readonly string[] = []): string => texts.map((text) => `${text}\n`).join('')
