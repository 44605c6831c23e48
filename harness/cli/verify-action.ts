import { openBundle } from '../certify/archive-read.ts'
import { loadPublicKey } from '../certify/sign.ts'
import { countOf, newSeed, rerun, sampleOf, subjectOf } from '../certify/verify/rerun.ts'
import { profilesOf, verifyBundle, type Verified } from '../certify/verify/verify.ts'
import { during, type Lifetime } from '../engine/lifetime.ts'
import { makeRunId } from '../engine/run-id.ts'
import { sweep } from '../engine/sweep.ts'
import { inputError } from '../errors.ts'
import { cellsOf } from '../run/catalogue/cells.ts'
import { loadCatalogue } from '../run/catalogue/catalogue.ts'
import { onlyIds } from '../run/catalogue/only.ts'
import { consoleOptions } from './console-options.ts'
import { ensureEngine } from './engine.ts'
import { rerunText, verifiedText } from './verified-text.ts'
import { sectionTotals } from './view/board.ts'
import { runView } from './view/run-view.ts'

export interface VerifyCommandOptions {
  readonly publicKey?: string
  readonly rerun?: string
  readonly seed?: string
  readonly etcd?: string
}

/** Errors: HarnessError. @returns the exit status. */
export async function verifyNow(path: string, options: VerifyCommandOptions): Promise<number> {
  const count = options.rerun === undefined ? undefined : countOf(options.rerun)
  const more = [options.seed !== undefined && '--seed', options.etcd !== undefined && '--etcd'].find(Boolean)
  if (options.rerun === undefined && more !== undefined)
    throw inputError('bad-rerun', `${String(more)} is for --rerun, which is not given.`)
  const key = options.publicKey === undefined ? undefined : await loadPublicKey(options.publicKey)
  const profile = profilesOf((await loadCatalogue()).flatMap(cellsOf))
  await using bundle = await openBundle(path)
  const verified = await verifyBundle(bundle, path, { profile, key })
  process.stdout.write(`${verifiedText(verified)}\n`)
  if (options.rerun === undefined) return verified.exit
  const status = await during((life) => playAgain(verified, options, count, life))
  // What is worse of the two: 3 is told only where nothing is wrong.
  return (
    [verified.exit, status].find((one) => one > 3) ??
    (verified.exit === 1 ? 1 : Math.max(status, verified.exit))
  )
}

async function playAgain(
  { certificate, results, played }: Verified,
  { seed = newSeed(), etcd }: VerifyCommandOptions,
  count: number | undefined,
  life: Lifetime,
): Promise<number> {
  if (certificate === undefined || results === undefined || played.length === 0)
    throw inputError('bad-rerun', '--rerun: the bundle has no cells that can be played again.')
  const cells = count === undefined ? [...played] : sampleOf(played, count, seed)
  const subject = subjectOf(certificate, etcd)
  const chosen = count === undefined ? '' : `, chosen by --seed ${seed}`
  process.stdout.write(
    `\nPlaying ${String(cells.length)} of ${String(played.length)} cells again on ${subject}${chosen}\n`,
  )
  await ensureEngine('never', life.signal)
  const runId = makeRunId()
  life.defer('what this run started', () => sweep({ run: runId }))
  const wanted = (await loadCatalogue()).flatMap(cellsOf).filter(onlyIds(cells))
  const view = runView(sectionTotals(wanted), consoleOptions(), process.stdout)
  life.defer('the view', () => view.end())
  const came = await rerun({
    ...{ certificate, stored: results, cells, subject, runId, signal: life.signal },
    onEvent: (event) => view.onEvent(event),
  })
  await view.end()
  process.stdout.write(`${rerunText(came)}\n`)
  return came.differs.length > 0 ? 1 : came.unsure.length > 0 ? 3 : 0
}
