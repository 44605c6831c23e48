import { styleText } from 'node:util'
import type { Verdict } from '../schema.ts'

type Style = Parameters<typeof styleText>[0]
/** Colours text, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string

/** How to write for one terminal. */
export interface ConsoleOptions {
  readonly color: boolean
  /** Columns of the terminal; 80 where nobody knows. */
  readonly columns?: number
  /** The folder of the results as the reader would write it: places of evidence are told from there. */
  readonly folder?: string
  /** What the command ends with, where that is not what the results come to. */
  readonly status?: number | undefined
}

export const painter = (color: boolean): Paint =>
  color ? (style, text) => styleText(style, text, { validateStream: false }) : (_style, text) => text

/**
 * Colour is for terminals, unless NO_COLOR (https://no-color.org) is not empty. FORCE_COLOR goes before both, as in Node
 * itself (`getColorDepth`, lib/internal/tty.js): empty, 1, 2, 3 or true is colour, anything else is none.
 */
export const wantsColor = (
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): boolean => {
  const forced = environment['FORCE_COLOR']
  if (forced !== undefined) return ['', '1', '2', '3', 'true'].includes(forced)
  return stream.isTTY === true && (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb'
}

export const styleOf: Readonly<Record<Verdict, Style>> = {
  pass: 'green',
  drift: 'yellow',
  fail: ['red', 'bold'],
  inconclusive: ['magenta', 'bold'],
  'not-applicable': 'dim',
}
