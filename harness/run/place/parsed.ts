import { readFileSync } from 'node:fs'

/** A node of a syntax tree (ESTree, github.com/estree/estree): loosely, since it is only looked at. */
export type Node = Readonly<Record<string, unknown>> & { readonly type: string; readonly start: number }

export interface Parsed {
  readonly text: string
  readonly body: readonly Node[]
  /** What is wrong with the text, if anything: where, and in the parser's words. */
  readonly wrong: readonly { readonly offset: number; readonly message: string }[]
}

export const isNode = (value: unknown): value is Node =>
  typeof (value as { type?: unknown } | null | undefined)?.type === 'string'

/** Parses TypeScript or JavaScript; the parser is loaded only when something is wrong. */
export async function parsed(file: string): Promise<Parsed> {
  const text = readFileSync(file, 'utf8')
  const { parseSync } = await import('vite')
  const { program, errors } = parseSync(file, text, { showSemanticErrors: true })
  return {
    text,
    body: program.body as unknown as readonly Node[],
    // Of two that do not go together the later one is the mistake.
    wrong: errors.map(({ message, labels }) => ({
      message,
      offset: Math.max(0, ...labels.map(({ start }) => start)),
    })),
  }
}
