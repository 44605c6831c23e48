import { mkdtempDisposable, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { execa } from 'execa'
import { liars } from '../../fixtures/liars.ts'
import { Results, type CellResult } from '../../reports/schema.ts'
import { onlyIds } from '../run/only.ts'

const main = resolve(import.meta.dirname, '../cli/main.ts')

/** Limit of one run with a liar, building it included, in milliseconds. */
export const playLimit = 170_000

/**
 * Runs the command line on `liar:<name>` as anybody would, and gives back its results and exit status.
 * Errors: what the command said, when it left no results.
 */
export async function play(name: string, only: readonly string[]) {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'etcd-tls-liar-'))
  const out = join(folder.path, 'run')
  const args = ['run', '--etcd', `liar:${name}`, '--out', out, ...only.flatMap((glob) => ['--only', glob])]
  const run = await execa(process.execPath, [main, ...args], {
    reject: false,
    timeout: playLimit,
    stdin: 'ignore',
    all: true,
  })
  const text = await readFile(join(out, 'results.json'), 'utf8').catch(() => undefined)
  if (text === undefined) throw new Error(`etcd-tls ${args.join(' ')} left no results:\n${run.all}`)
  return { exit: run.exitCode, results: Results.parse(JSON.parse(text)).results }
}

/** What was expected of a cell on a liar and not found, in one line each; empty when the liar was caught. */
export function missed(name: string, results: readonly CellResult[]): string[] {
  return (liars[name]?.caughtBy ?? []).flatMap(({ cells, verdict, at }) => {
    const named = onlyIds([cells])
    const asked = results.filter((result) => named({ cellId: result.cell, claimId: result.claim }))
    const applicable = asked.filter((result) => result.verdict !== 'not-applicable')
    if (applicable.length === 0) return [`${cells} stands for no cell that applies`]
    return applicable
      .filter((result) => result.verdict !== verdict || unmet(result).every((question) => question !== at))
      .map((result) => `${result.cell}: ${result.verdict} at ${unmet(result).join(', ')}, not ${verdict} at ${at}`)
  })
}

const unmet = ({ checks }: CellResult) => checks.filter(({ met }) => !met).map(({ question }) => question)
