import type { Check } from '../../reports/schema.ts'

export type { Check }

/** One question with its answer. */
export function check(question: Check['question'], met: boolean, expected: string, seen: string): Check {
  return { question, expected, seen, met }
}

/** The first verdict-bearing step that went wrong, as the judge collects them. */
export interface Finding {
  readonly checks: readonly Check[]
  /** The promise itself was broken; stronger than anything that is merely not proved. */
  readonly broken: boolean
}

export const finding = (checks: readonly Check[], broken = false): Finding => ({ checks, broken })

/** Whoever `who` is, it was alive when all was done. */
export const aliveCheck = (who: string, alive: boolean): Check =>
  check('health', alive, `${who} is alive to the end`, alive ? 'alive' : 'it ended meanwhile')
