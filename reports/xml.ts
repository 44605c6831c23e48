import { oneLine, visible } from './sanitize.ts'

/** An element of an XML document, to be written by `xmlDocument`. Strings are text. */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string | number>>
  readonly children: readonly (Element | string)[]
}

export function element(
  name: string,
  attributes: Element['attributes'] = {},
  ...children: readonly (Element | string)[]
): Element {
  return { name, attributes, children }
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** What XML 1.0 cannot hold (2.2 Char) becomes a visible escape, what is markup an entity. */
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? '')

/** A whole document, UTF-8, indented by two spaces; elements with text stay on one line. */
export function xmlDocument(root: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(root, '')}\n`
}

function written({ name, attributes, children }: Element, indent: string): string {
  const pairs = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escaped(oneLine(String(value)))}"`,
  )
  const open = `${indent}<${name}${pairs.join('')}`
  if (children.length === 0) return `${open}/>`
  if (children.some((child) => typeof child === 'string')) {
    const inner = children.map((child) =>
      typeof child === 'string' ? escaped(visible(child)) : written(child, ''),
    )
    return `${open}>${inner.join('')}</${name}>`
  }
  const inner = children.map((child) => (typeof child === 'string' ? '' : written(child, `${indent}  `)))
  return `${open}>\n${inner.join('\n')}\n${indent}</${name}>`
}
