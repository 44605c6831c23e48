import { lexer } from 'marked'
import type { Token } from 'marked'
import { expect, test } from 'vitest'
import { code, codeBlock, prose } from './markdown-escape.ts'
import { markdown } from './markdown.ts'
import { hostile } from './testing/sample-parts.ts'
import { samplePages } from './testing/sample-claims.ts'
import { cleanResults, sampleResults } from './testing/sample-results.ts'

/** Every token of a document as an independent parser reads it. */
function tokens(text: string): Token[] {
  const found: Token[] = []
  const collect = (token: Token): void => {
    found.push(token)
    const {
      tokens: inner = [],
      items = [],
      header = [],
      rows = [],
    } = token as {
      tokens?: Token[]
      items?: Token[]
      header?: { tokens: Token[] }[]
      rows?: { tokens: Token[] }[][]
    }
    for (const one of [...inner, ...items, ...[...header, ...rows.flat()].flatMap((cell) => cell.tokens)])
      collect(one)
  }
  for (const token of lexer(text, { gfm: true })) collect(token)
  return found
}
const ofType = (text: string, type: string) => tokens(text).filter((token) => token.type === type)

const sample = markdown(sampleResults())

test('nothing a subject said becomes markup', () => {
  const links = (ofType(sample, 'link') as { href: string }[]).map(({ href }) => href)
  expect(new Set(links)).toEqual(new Set(Object.values(samplePages)))
  expect(ofType(sample, 'image')).toEqual([])
  expect(
    ofType(sample, 'html')
      .map(({ raw }) => raw.trim())
      .filter((raw) => raw !== '<br>'),
  ).toEqual(['<details><summary>Options exercised</summary>', '</details>'])
})

test('what a subject said is there as code', () => {
  const spans = [...ofType(sample, 'codespan'), ...ofType(sample, 'code')].map(
    (token) => (token as { text: string }).text,
  )
  expect(spans).toContain(`HTTP 200 ${hostile.script}`)
  expect(spans.some((text) => text.includes(hostile.markdown))).toBe(true)
  expect(spans.some((text) => text.includes('\\x1b[2J'))).toBe(true)
})

test('a table per section, one of the builds, one of options; no cell split by a pipe', () => {
  const tables = ofType(sample, 'table') as { rows: unknown[][]; header: unknown[] }[]
  expect(tables).toHaveLength(2 + sampleResults().sections.length)
  for (const { rows, header } of tables) for (const row of rows) expect(row).toHaveLength(header.length)
})

test.each(Object.entries(hostile))('%s: as prose it is text only', (_, text) => {
  const types = new Set(tokens(prose(text)).map(({ type }) => type))
  for (const type of types) expect(['paragraph', 'text', 'escape']).toContain(type)
})

test.each([
  '- a',
  '+ a',
  '1. a',
  '# a',
  '> a',
  '| a | b |',
  '~~a~~',
  '*a* _b_',
  '<b>',
  '&lt;',
  '[a](b)',
  'https://a.example',
  'www.a.example',
  'a@b.example',
  '```',
  '    a'.trim(),
])('%s as prose is text', (text) => {
  // A comment within a name is nothing to see.
  const found = tokens(prose(text)).filter(({ raw }) => raw !== '<!-- -->')
  for (const { type } of found) expect(['paragraph', 'text', 'escape']).toContain(type)
})

test('prose calls nobody and names no issue where it is posted', () => {
  expect(prose('ask @everyone of org/repo#12')).toBe('ask @<!-- -->everyone of org/repo\\#<!-- -->12')
  const shown = tokens(prose('@a #1')).filter(({ type }) => type === 'text')
  for (const token of shown) expect('text' in token && token.text).not.toMatch(/@\w|#\d/)
})

test.each(['a', '`', '``a```', 'a`', ' a ', '|', 'a | `b`'])('%j as a code span is that text', (text) => {
  const [span, ...others] = ofType(code(text), 'codespan') as { text: string }[]
  expect(span?.text.trim()).toBe(text.trim())
  expect(others).toEqual([])
})

test('a code span with a pipe stays in its table cell', () => {
  const [table] = ofType(`| a | b |\n| --- | --- |\n| ${code('x | `y`', 'cell')} | z |`, 'table') as {
    rows: { text: string }[][]
  }[]
  expect(table?.rows[0]).toHaveLength(2)
  expect(table?.rows[0]?.[1]?.text).toBe('z')
})

test('a block cannot be closed by its text', () => {
  const [block, ...others] = ofType(codeBlock('a\n````\n# b\n```'), 'code') as { text: string }[]
  expect(block?.text).toBe('a\n````\n# b\n```')
  expect(others).toEqual([])
})

test('a run as promised says so, and lists what is known', () => {
  const text = markdown(cleanResults())
  expect(text).toContain('**Exit 0**: everything is as promised or as declared')
  expect(text).toContain('## Known deviations')
  expect(text).not.toContain('## Not as promised')
})
