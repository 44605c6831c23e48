/** A part of a page that stands by itself. */
export interface Block {
  /** `option`: a term and what it says. `code`: a printed command, output or file, whole. */
  readonly kind: 'heading' | 'text' | 'item' | 'option' | 'code'
  readonly text: string
  /** The term of an option, `--cert-file=<path>`. */
  readonly term?: string
}

/** A flag that is described: `--cert-file=<path>: Certificate …`. */
const described = /^(-{1,2}[a-z][\w-]*(?:=<[\w-]+>)?)\s*:\s+(?=\S)/i

/** Text as it stands, or an option with its description. */
export function textBlock(kind: 'text' | 'item', text: string): Block {
  const plain = text.replaceAll(/\s+/g, ' ').trim()
  const term = described.exec(plain)
  if (term?.[1] === undefined) return { kind, text: plain }
  return { kind: 'option', term: term[1], text: plain.slice(term[0].length) }
}
