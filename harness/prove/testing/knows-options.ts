import { parseFlags } from '../../explain/flags.ts'
import { words } from '../../explain/words.ts'
import type { OptionSet } from './option-sets.ts'

/** A release that does not know them does not start, which one trial shows as well as twenty. */
export const knowsOptions = ({ options }: OptionSet, release: string): boolean =>
  parseFlags(words(options), release).stop === undefined
