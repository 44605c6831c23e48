import { createHash, randomBytes } from 'node:crypto'
import { standingOf, type Results } from '../../../reports/index.ts'
import { HarnessError, inputError } from '../../errors.ts'
import { temporaryFolder } from '../../engine/temporary.ts'
import type { RunOptions } from '../../run/events.ts'
import { runAll } from '../../run/run.ts'
import { certifiable, sumOf } from '../certify.ts'
import type { Certificate } from '../certificate.ts'

export interface RerunOptions extends Pick<RunOptions, 'runId' | 'signal' | 'onEvent'> {
  readonly certificate: Certificate
  /** Results of the bundle. */
  readonly stored: Pick<Results, 'results'>
  readonly cells: readonly string[]
  /** Where the build is, where it is not found as the certificate names it. */
  readonly subject?: string | undefined
  readonly run?: typeof runAll
}

export interface Rerun {
  /** What came out otherwise, a sentence each. */
  readonly differs: readonly string[]
  /** What could not be told this time. */
  readonly unsure: readonly string[]
}

/** A number that nobody knows beforehand: a vendor must not know the sample. */
export const newSeed = (): string => randomBytes(8).toString('hex')

/** `count` of the cells, chosen by the seed; the same seed chooses the same. Pure. */
export function sampleOf(cells: readonly string[], count: number, seed: string): string[] {
  const place = (cell: string): string => createHash('sha256').update(`${seed}\n${cell}`).digest('hex')
  return cells
    .map((cell) => ({ cell, at: place(cell) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .slice(0, count)
    .map(({ cell }) => cell)
}

/**
 * `--rerun`: a number of cells, or `all`. Errors: `bad-rerun` (exit 2).
 * @returns how many; undefined for all.
 */
export function countOf(text: string): number | undefined {
  if (text === 'all') return undefined
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text)
  throw inputError('bad-rerun', `--rerun ${text} is no number of cells; write one like 20, or all.`)
}

/** The build of a certificate as a subject. Errors: `bad-rerun` (exit 2) for a binary, which must be given. */
export function subjectOf({ subject: { identity } }: Certificate, given?: string): string {
  if (given !== undefined) return given
  if (identity.kind !== 'file-sha256') return `image:${identity.value}`
  throw inputError(
    'bad-rerun',
    `--rerun: the build is a binary with the SHA-256 ${identity.value}; name it with --etcd file:PATH.`,
  )
}

/**
 * Plays cells on the build of a certificate again, and compares. Errors: HarnessError; `other-build` (exit 2) where
 * the build that was found is another one.
 */
export async function rerun({
  certificate,
  stored,
  cells,
  subject,
  ...options
}: RerunOptions): Promise<Rerun> {
  const { run = runAll, ...shared } = options
  const { identity } = certificate.subject
  const asked = subjectOf(certificate, subject)
  const sum = await sumOf(certifiable(asked))
  if (identity.kind === 'file-sha256' && sum !== identity.value)
    throw otherBuild(asked, sum ?? 'an image', identity.value)
  await using work = await temporaryFolder('rerun')
  const again = await run({ ...shared, subjects: [asked], only: cells, out: work.path })
  const [build] = again.subjects
  if (build === undefined) throw new HarnessError('no-subject', 'The run has no subject.')
  if (identity.kind !== 'file-sha256' && build.image !== identity.value)
    throw otherBuild(asked, build.image, identity.value)
  const before = new Map(stored.results.map((result) => [result.cell, result]))
  const differs: string[] = []
  const unsure: string[] = []
  for (const now of again.results) {
    const then = before.get(now.cell)
    if (now.verdict === 'inconclusive')
      unsure.push(`${now.cell}: inconclusive this time: ${now.why[0] ?? now.seen}`)
    else if (then?.verdict !== now.verdict || standingOf(then) !== standingOf(now))
      differs.push(
        `${now.cell}: the bundle says ${then?.verdict ?? 'nothing'}, the build ${now.verdict}: ${now.seen}`,
      )
  }
  return { differs, unsure }
}

const otherBuild = (asked: string, found: string, wanted: string): HarnessError =>
  inputError(
    'other-build',
    `${asked} is another build (${found}) than the bundle is of (${wanted}); name it with --etcd.`,
  )
