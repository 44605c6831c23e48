import type { CellResult } from '../schema.ts'
import { words } from '../verdicts.ts'

/** What a cell came to, as one word to compare: `pass`, `fail`. Whether that was declared makes no difference. */
export const stateOf = ({ verdict }: CellResult): string => words[verdict]
