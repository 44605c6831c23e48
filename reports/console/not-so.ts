import { notSo, type NotSo } from '../not-so.ts'
import { oneLine } from '../sanitize.ts'
import type { Results } from '../schema.ts'
import { signs } from '../verdicts.ts'
import { cut } from './lines.ts'
import { painter, styleOf, type ConsoleOptions, type Paint } from './paint.ts'

/** The list "documented, but not so": a line for each promise, under the address of its page. */
export function notSoText(results: Results, options: ConsoleOptions): string {
  const found = notSo(results)
  if (found.length === 0) return ''
  const paint = painter(options.color)
  const columns = options.columns ?? 80
  const title = paint('bold', `Documented, but not so (${String(found.length)})`)
  const lines = [...Map.groupBy(found, pageOf)].flatMap(([page, claims]) => [
    ...(page === '' ? [] : [`  ${paint('dim', oneLine(page))}`]),
    ...claims.map((one) => claimLine(one, results.subjects.length, columns, paint)),
  ])
  return [`${title}  as declared; more in the report`, ...lines].join('\n')
}

/** The sections of a page have one address, but for the part that names the heading. */
const pageOf = ({ url = '' }: NotSo): string => url.replace(/#.*/, '')

function claimLine({ claim, says, on }: NotSo, subjects: number, columns: number, paint: Paint): string {
  const builds =
    on.length === subjects ? '' : ` (${on.map(({ subject }) => subject.split('@')[0]).join(', ')})`
  const sign = `${signs.fail}*`
  const head = `${oneLine(claim)}${oneLine(builds)}`
  const rest = cut(oneLine(says), columns - sign.length - head.length - 3)
  return `${paint(styleOf.fail, sign)} ${paint('bold', head)}  ${rest}`.trimEnd()
}
