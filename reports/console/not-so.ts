import { notSo, subjectText } from '../not-so.ts'
import type { NotSo } from '../not-so.ts'
import { oneLine } from '../sanitize.ts'
import type { Results } from '../schema.ts'
import { signs } from '../verdicts.ts'
import { wrap } from './lines.ts'
import { painter, styleOf } from './paint.ts'
import type { ConsoleOptions, Paint } from './paint.ts'

/** The list "documented, but not so": the promise, what was seen of it on which subjects, why, and the page. */
export function notSoText(results: Results, options: ConsoleOptions): string {
  const found = notSo(results)
  if (found.length === 0) return ''
  const paint = painter(options.color)
  const columns = options.columns ?? 80
  const title = paint('bold', `Documented, but not so (${String(found.length)})`)
  return [title, ...found.map((one) => claimText(one, columns, paint))].join('\n')
}

const indent = '  '

function claimText({ claim, says, url, on }: NotSo, columns: number, paint: Paint): string {
  const lines = [
    says,
    ...seenOn(on),
    ...[...new Set(on.map(({ why }) => why))].map((why) => `why: ${why}`),
    ...(url === undefined ? [] : [url]),
  ]
  const head = `${paint(styleOf.fail, `${signs.fail}*`)} ${paint('bold', oneLine(claim))}`
  return [head, ...lines.map((line) => indent + wrap(line, columns, indent))].join('\n')
}

/** Subjects that showed the same are told together. */
const seenOn = (on: NotSo['on']): string[] =>
  [...Map.groupBy(on, ({ evidence }) => evidence)].map(
    ([evidence, same]) => `${same.map(subjectText).join(', ')}: ${evidence}`,
  )
