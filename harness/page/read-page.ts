import { extname } from 'node:path'
import { inputError } from '../errors.ts'
import type { Block } from './block.ts'
import { readHtml } from './read-html.ts'
import { readMarkdown } from './read-markdown.ts'
import { readText } from './read-text.ts'
import { sentencesOf, type Sentence } from './sentences.ts'

export type Form = 'html' | 'markdown' | 'text'

/** Characters; the pages have about 20,000, and a page saved with everything around it has some hundred thousand. */
const limit = 2_000_000

/**
 * The sentences of a page that a user has.
 * @param file its name: the ending tells its form, else the text does.
 * @param headings of the pages we know, by `headingKey`: plain text does not mark its own.
 * Errors: HarnessError with exit 2 for what is no page.
 */
export function readPage(text: string, file: string, headings: ReadonlySet<string>): Sentence[] {
  if (text.length > limit)
    throw inputError(
      'page-too-long',
      `${file} is too long for a page: more than ${String(limit)} characters.`,
    )
  if (text.includes('\0')) throw inputError('page-not-text', `${file} is not a page: it is not text.`)
  const sentences = sentencesOf(blocksOf(text, file, headings))
  if (sentences.length === 0)
    throw inputError('page-empty', `${file} is not a page: there is no sentence in it.`)
  return sentences
}

function blocksOf(text: string, file: string, headings: ReadonlySet<string>): Block[] {
  const form = formOf(text, file)
  try {
    if (form === 'text') return readText(text, headings)
    return form === 'html' ? readHtml(text) : readMarkdown(text)
  } catch (cause) {
    // A parser that gives up, on nesting without end for instance.
    throw inputError('page-unreadable', `${file} cannot be read as ${names[form]}.`, cause)
  }
}

const names: Readonly<Record<Form, string>> = { html: 'HTML', markdown: 'Markdown', text: 'text' }
const endings: Readonly<Record<string, Form>> = {
  '.html': 'html',
  '.htm': 'html',
  '.xhtml': 'html',
  '.md': 'markdown',
  '.markdown': 'markdown',
}

/** By the ending of the name; a text may still be HTML or Markdown, seen by tags, fences or headings. */
export function formOf(text: string, file: string): Form {
  const named = endings[extname(file).toLowerCase()]
  if (named !== undefined) return named
  if (/^\s*<(!doctype|html|head|body|\?xml|!--)/i.test(text)) return 'html'
  return /^(```|~~~|#{2,6} \S)/m.test(text) ? 'markdown' : 'text'
}
