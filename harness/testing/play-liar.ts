import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import type { Liar } from '../../fixtures/liars.ts'
import { loadResults, type CellResult } from '../../reports/index.ts'
import { onlyIds } from '../run/catalogue/only.ts'

const cli = join(import.meta.dirname, '../cli/main.ts')

/** Limit of one run with a liar, in milliseconds; the server is built for it, at first with all its packages. */
export const playLimit = 300_000

/** What a run on a liar left. */
export interface Played {
  /** Exit status of the command; undefined when it was killed. */
  readonly exit: number | undefined
  readonly results: readonly CellResult[]
}

/**
 * Runs the command line on a subject as anybody would, for `limit` milliseconds at most, and gives back its results
 * and exit status. Errors: what the command said, when it left no results.
 */
export async function playLiar(
  subject: string,
  only: readonly string[],
  limit: number = playLimit,
): Promise<Played> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'etcd-tls-test-liar-'))
  const out = join(folder.path, 'run')
  const args = ['run', '--etcd', subject, '--out', out, ...only.flatMap((glob) => ['--only', glob])]
  const run = await execa(process.execPath, [cli, ...args], {
    all: true,
    reject: false,
    stdin: 'ignore',
    timeout: limit,
    forceKillAfterDelay: 10_000,
  })
  const { results } = await loadResults(join(out, 'results.json')).catch((cause: unknown) => {
    throw new Error(`etcd-tls ${args.join(' ')} left no results:\n${run.all}`, { cause })
  })
  return { exit: run.exitCode, results }
}

/** What is expected of a liar and the results do not show, one line each; empty when the liar was caught. */
export function missed({ caughtBy }: Pick<Liar, 'caughtBy'>, results: readonly CellResult[]): string[] {
  return caughtBy.flatMap(({ cells, verdict, at }) => {
    const named = onlyIds([cells])
    const asked = results.filter((one) => named({ cellId: one.cell, claimId: one.claim }))
    const applicable = asked.filter((one) => one.verdict !== 'not-applicable')
    if (applicable.length === 0) return [`${cells} stands for no cell that applies`]
    return applicable
      .filter((one) => one.verdict !== verdict || !unmet(one).includes(at))
      .map((one) => `${one.cell}: ${one.verdict} at ${unmet(one).join(', ')}, not ${verdict} at ${at}`)
  })
}

const unmet = ({ checks }: CellResult) => checks.filter(({ met }) => !met).map(({ question }) => question)
