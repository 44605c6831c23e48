import { relative } from 'node:path'

/** A place in a file of a user, counted from 1. */
export interface Place {
  /** Absolute, or as the user gave it. */
  readonly file: string
  readonly line: number
  readonly column: number
}

/** @param offset into the text, in UTF-16 units */
export function placeAt(file: string, text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n')
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

/** `my.scenario.ts:3:8`, as editors and terminals open it; relative where that is shorter. */
export function written({ file, line, column }: Place): string {
  const near = relative(process.cwd(), file)
  return `${near.length < file.length ? near : file}:${String(line)}:${String(column)}`
}
