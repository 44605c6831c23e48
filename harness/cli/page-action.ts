import { readFile, stat, writeFile } from 'node:fs/promises'
import { ledgers } from '../../fixtures/ledgers/ledgers.ts'
import { pages } from '../../fixtures/pages.ts'
import { annotate, conclude, loadResults, pageHtml, pageText, type Results } from '../../reports/index.ts'
import { inputError } from '../errors.ts'
import { knownHeadings } from '../page/headings.ts'
import { match } from '../page/match.ts'
import { readPage } from '../page/read-page.ts'
import { whichPage } from '../page/which-page.ts'
import { consoleOptions } from './console-options.ts'
import { readingOf } from './page-reading.ts'
import { resultsFile } from './results-file.ts'

export interface PageOptions {
  readonly results: string
  readonly page?: string
  readonly html?: string
}

/** Errors: HarnessError and ReportError with exit 2. @returns the exit status. */
export async function page(file: string, options: PageOptions): Promise<number> {
  const sentences = readPage(await textOf(file), file, knownHeadings)
  const id = whichPage(sentences, file, options.page)
  const results = await loadResults(await resultsFile(options.results))
  const ledger = ledgers[id]
  const reading = readingOf(file, pages[id].title, ledger, match(sentences, ledger), results.claims)
  const annotated = annotate(reading, results)
  if (options.html !== undefined) await write(options.html, pageHtml(annotated))
  process.stdout.write(pageText(annotated, consoleOptions()))
  const cited = annotated.sentences.flatMap(({ verdicts }) => verdicts)
  const { exit, reasons } = conclude(onlyCited(results, cited))
  if (exit !== 0) process.stdout.write(`\nexit ${String(exit)}: ${reasons.join('; ')}\n`)
  return exit
}

/** Bytes of a file that is read at all; see the limit of `readPage`. */
const limit = 8_000_000

async function textOf(file: string): Promise<string> {
  const found = await stat(file).catch(() => undefined)
  if (found === undefined) throw inputError('page-missing', `There is no file ${file}.`)
  if (!found.isFile()) throw inputError('page-no-file', `${file} is no file; name the page as you saved it.`)
  if (found.size > limit)
    throw inputError('page-too-long', `${file} is too long for a page: more than ${String(limit)} bytes.`)
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw inputError('page-unreadable', `${file} cannot be read.`, cause)
  })
}

async function write(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((cause: unknown) => {
    throw inputError('page-unwritable', `--html ${file}: the file cannot be written.`, cause)
  })
}

/** The results of the claims that the page's sentences are tested by. */
function onlyCited(results: Results, cited: readonly { claim: string }[]): Results {
  const ids = new Set(cited.map(({ claim }) => claim))
  return {
    ...results,
    claims: results.claims.filter(({ id }) => ids.has(id)),
    results: results.results.filter(({ claim }) => ids.has(claim)),
  }
}
