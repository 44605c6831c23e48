export type { Bisection } from './schema.ts'
export { bisectMarkdown } from './markdown.ts'
export { bisectText } from './text.ts'
