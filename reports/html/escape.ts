import { createHash } from 'node:crypto'
import { visible } from '../sanitize.ts'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as it can be seen, and never as markup. */
export const escapeFunction = (value: unknown): string =>
  visible(String(value)).replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')

/** Only this style and this script may act on the page; nothing may be loaded from anywhere. */
export function policy(style: string, script: string): string {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  return `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`
}
