import type { Ledger, LedgerSentence } from '../../fixtures/ledgers/ledger.ts'
import type { ClaimRecord, PagePromise, PageReading } from '../../reports/index.ts'
import { coveredBy } from '../run/catalogue/coverage.ts'
import { fingerprint, normalised } from '../page/fingerprint.ts'
import { sketch } from '../page/sketch.ts'
import type { Match } from '../page/match.ts'

/** The start of a sentence's line in a ledger (`fixtures/ledgers`). */
const ledgerLine = (text: string): string =>
  `${fingerprint(text)} ${String(normalised(text).length)} ${sketch(text)}`

/** The user's page for the reports: plain data, without ledger and fingerprints. */
export function readingOf(
  file: string,
  title: string,
  ledger: Ledger,
  { sentences, missing }: Match,
  claims: readonly ClaimRecord[],
): PageReading {
  const own = claims.filter(({ page }) => page === ledger.page)
  const promised = (entry: LedgerSentence): PagePromise => {
    const { section, ordinal, says, uncoverable, gap } = entry
    const why = uncoverable ?? gap
    return {
      where: `${ledger.page}/${section} ${String(ordinal)}`,
      says,
      claims: coveredBy(entry, own, ledger.sentences),
      ...(why !== undefined && { why }),
    }
  }
  return {
    file,
    page: ledger.page,
    title,
    sentences: sentences.map(({ kind, heading, text, code, entry }) => ({
      kind,
      heading,
      text,
      ...(code !== undefined && { code }),
      ...((kind === 'new' || kind === 'changed') && { ledgerLine: ledgerLine(text) }),
      ...(entry !== undefined && { promise: promised(entry) }),
    })),
    missing: missing.map(promised),
  }
}
