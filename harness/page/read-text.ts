import { textBlock, type Block } from './block.ts'

/**
 * Blocks of a page that was copied as plain text: no marks for headings and code, a line break after each piece of
 * code in a sentence, and printed commands either on one line each or with their lines run together.
 */
export function readText(text: string, headings: ReadonlySet<string>): Block[] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const together = lines.some((line) => isCode(line) && /\s\\\s\S/.test(line))
  const blocks: Draft[] = []
  for (const line of lines) {
    const last = blocks.at(-1)
    if (headings.has(headingKey(line))) blocks.push({ kind: 'heading', text: line })
    else if (isCode(line) || (last?.kind === 'code' && last.text.endsWith('\\')))
      addCode(blocks, line, together)
    else if (/^[-*•]$/.test(line)) blocks.push({ kind: 'item', text: '' })
    else if (/^[-*•] /.test(line)) blocks.push({ kind: 'item', text: line.slice(2) })
    else if (last !== undefined && continues(last, line)) last.text += ` ${line}`
    else blocks.push({ kind: 'text', text: line })
  }
  return blocks.flatMap(settled)
}

interface Draft {
  readonly kind: 'heading' | 'text' | 'item' | 'code'
  text: string
}

/** How a heading is compared: letters and digits only. */
export const headingKey = (heading: string): string =>
  heading
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** A line of a command, of its output or of a file. */
const isCode = (line: string): boolean =>
  /^(\$ |# |\{|\}|\[ |\.\.\. |[A-Z_]+=\S|curl: \(|openssl |cfssl |export |etcd( .* I \| | \\$))/.test(line)

function addCode(blocks: Draft[], line: string, together: boolean): void {
  const last = blocks.at(-1)
  if (last?.kind === 'code' && !together) last.text += `\n${line}`
  else blocks.push({ kind: 'code', text: line })
}

/** A sentence goes on where the last line has no end, or this one no beginning. */
function continues(last: Draft, line: string): boolean {
  if (last.kind === 'heading' || last.kind === 'code') return false
  if (last.text === '') return true
  return (
    /^[,.;:)\]]/.test(line) ||
    (/^[a-z(]/.test(line) && !/[.!?:]$/.test(last.text)) ||
    !/[.!?:]["')\]]*$/.test(last.text)
  )
}

/** Items of a list that were run together are taken apart where a flag begins. */
function settled({ kind, text }: Draft): Block[] {
  if (kind === 'heading' || kind === 'code') return [{ kind, text }]
  return text.split(/(?<=[.!?:])\s*(?=--[a-z][\w-]*: )/).map((part) => textBlock(kind, part))
}
