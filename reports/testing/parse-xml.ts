import { SaxesParser } from 'saxes'

/** An element as an independent XML parser reads it. */
export interface ParsedElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: ParsedElement[]
  text: string
}

/** Errors: whatever makes the document not well-formed. */
export function parseXml(document: string): ParsedElement {
  const root: ParsedElement = { name: '', attributes: {}, children: [], text: '' }
  const open: ParsedElement[] = [root]
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const element: ParsedElement = { name, attributes: { ...attributes }, children: [], text: '' }
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  parser.on('text', (text) => {
    const current = open.at(-1)
    if (current !== undefined) current.text += text
  })
  parser.on('closetag', () => open.pop())
  parser.write(document).close()
  return root.children[0] ?? root
}

/** Every element of a name, at any depth. */
export const all = (element: ParsedElement, name: string): ParsedElement[] =>
  element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)])
