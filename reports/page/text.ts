import { painter, styleOf, type ConsoleOptions, type Paint } from '../console/paint.ts'
import { wrap } from '../console/lines.ts'
import { oneLine, visible } from '../sanitize.ts'
import { signOf } from '../verdicts.ts'
import { countsText, legend, markOfSentence, noteOf, verdictText } from './annotate.ts'
import type { AnnotatedPage, AnnotatedSentence, Verdict } from './annotate.ts'

const margin = '     '

/** The page, sentence by sentence, each with its verdicts. */
export function pageText(page: AnnotatedPage, options: ConsoleOptions): string {
  const paint = painter(options.color)
  const columns = options.columns ?? 80
  const { reading, subjects, sentences, counts } = page
  const blocks = [
    `${paint('bold', oneLine(`${reading.page}: ${reading.title}`))}\n${wrap(`${reading.file} against ${subjects.join(', ')}: ${countsText(counts)}`, columns)}\n${paint('dim', wrap(legend, columns))}`,
    ...sentences.map((sentence, n) => block(sentence, sentences[n - 1]?.heading ?? '', columns, paint)),
    missingText(page, columns, paint),
  ]
  return `${blocks.filter((text) => text !== '').join('\n')}\n`
}

function block(sentence: AnnotatedSentence, above: string, columns: number, paint: Paint): string {
  const { heading, kind, text, worst, verdicts } = sentence
  const mark = markOfSentence(sentence).padEnd(3)
  const signed = worst === undefined ? paint('yellow', mark) : paint(styleOf[worst.verdict], mark)
  const words = wrap(text.replaceAll(/[^\S\n]+/g, ' '), columns, margin)
  const note = noteOf(sentence)
  return [
    ...(heading === above ? [] : [`\n${paint('bold', oneLine(heading))}`]),
    `${signed}  ${kind === 'beside' ? paint('dim', words) : words}`,
    ...(note === '' ? [] : [`${margin}${paint('dim', wrap(note, columns, margin))}`]),
    ...verdicts.flatMap((verdict) => verdictLines(verdict, columns, paint)),
  ].join('\n')
}

function verdictLines(verdict: Verdict, columns: number, paint: Paint): string[] {
  const { claim, subjects, worst, declared } = verdict
  const where = subjects.length === 0 ? '' : ` on ${subjects.join(', ')}`
  const line = `${signOf(worst)} ${claim}: ${verdictText(verdict)}${where}`
  return [
    `${margin}${paint(styleOf[worst.verdict], oneLine(line))}`,
    ...declared.map((text) => `${margin}  ${wrap(text, columns, `${margin}  `)}`),
  ]
}

function missingText({ reading: { missing } }: AnnotatedPage, columns: number, paint: Paint): string {
  if (missing.length === 0) return ''
  const lines = missing.map(({ where, says }) => `-    ${wrap(`${where}: ${says}`, columns, margin)}`)
  return [`\n${paint('bold', 'No more on the page')}`, ...lines.map(visible)].join('\n')
}
