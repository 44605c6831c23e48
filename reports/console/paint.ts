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
}

export const painter = (color: boolean): Paint =>
  color ? (style, text) => styleText(style, text, { validateStream: false }) : (_style, text) => text

/** Colour is for terminals, and NO_COLOR (https://no-color.org), when not empty, has the last word. */
export const wantsColor = (
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): boolean =>
  stream.isTTY === true && (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb'

export const styleOf: Readonly<Record<Verdict, Style>> = {
  pass: 'green',
  drift: 'yellow',
  fail: ['red', 'bold'],
  inconclusive: ['magenta', 'bold'],
  'not-applicable': 'dim',
}
