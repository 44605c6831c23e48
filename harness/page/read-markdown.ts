import { marked } from 'marked'
import type { Block } from './block.ts'
import { readHtml } from './read-html.ts'

/** Blocks of a page in Markdown, with or without the front matter and short codes of Hugo. */
export function readMarkdown(markdown: string): Block[] {
  const body = markdown.replace(/^\uFEFF?---\n[\s\S]*?\n---\n/, '').replaceAll(/\{\{[<%][^{}]*[>%]\}\}/g, '')
  return readHtml(marked.parse(body, { async: false, gfm: true }))
}
