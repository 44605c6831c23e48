import { styleText } from 'node:util'
import { oneLine, type ConsoleOptions } from '../../reports/index.ts'
import type { Proof } from '../prove/prove.ts'
import type { Check, Explanation, Judgement, Mark, Verdict } from '../explain/explanation.ts'

const signs: Readonly<Record<Mark, string>> = { good: '✔', bad: '✘', open: '?', idle: '–' }
const colours = { good: 'green', bad: 'red', open: 'yellow', idle: 'dim' } as const
const verdictColours = { accepted: 'green', refused: 'red', 'cannot tell': 'yellow' } as const
type Style = (style: (typeof colours)[Mark] | 'bold', text: string) => string

/** The explanation for people. Texts of strangers (names in certificates) come out visible and on one line. Pure. */
export function explanationText(
  { etcd, go, verdict, judgements, assumed }: Explanation,
  { color }: ConsoleOptions,
): string {
  const style: Style = (name, text) => (color ? styleText(name, text, { validateStream: false }) : text)
  const told = (one: Verdict): string => style(verdictColours[one], one)
  const blocks = judgements.map((one) => judgementText(one, style, told(one.verdict)))
  const granted =
    assumed.length === 0 ? [] : [['Taken for granted:', ...assumed.map((one) => `  ${one}`)].join('\n')]
  return `${[`${style('bold', `etcd ${etcd}, Go ${go}`)}: ${told(verdict)}`, ...blocks, ...granted].join('\n\n')}\n`
}

function judgementText({ title, checks, sees }: Judgement, style: Style, told: string): string {
  const width = Math.max(...checks.map(({ id }) => id.length))
  const indent = ' '.repeat(width + 6)
  const lines = checks.flatMap((check) => [
    `  ${style(colours[check.mark], signs[check.mark])} ${check.id.padEnd(width)}  ${oneLine(check.why)}${check.decides === true ? style('bold', ' ◀') : ''}`,
    ...details(check).map((line) => `${indent}${oneLine(line)}`),
    ...(check.decides === true && sees !== undefined ? [`${indent}seen: ${sees}`] : []),
  ])
  return [`${style('bold', title)}: ${told}`, ...lines].join('\n')
}

const details = ({ mark, mend, promised, asks, decides }: Check): string[] => [
  ...(mark === 'bad' && mend !== undefined ? [`change: ${mend}`] : []),
  ...(promised !== undefined && (decides === true || mark === 'open' || promised.unkept === true)
    ? [
        `promise: ${promised.claim} (${promised.section})${promised.unkept === true ? ', which etcd does not keep: it looks the names up' : ''}`,
      ]
    : []),
  ...(mark === 'open' ? (asks ?? []) : []).map((question, n) => `asks ${String(n + 1)}. ${question}`),
]

/** What was shown, for people. Pure. */
export function proofText({ subject, shown, left }: Proof, { color }: ConsoleOptions): string {
  const style: Style = (name, text) => (color ? styleText(name, text, { validateStream: false }) : text)
  const lines = shown.flatMap(({ tried, said, seen, agrees, evidence }) => {
    const mark: Mark = agrees === undefined ? 'open' : agrees ? 'good' : 'bad'
    const word = agrees === false ? `, and NOT ${said}, as was said` : agrees === true ? ', as was said' : ''
    return [
      `  ${style(colours[mark], signs[mark])} ${oneLine(tried)}: ${seen}${word}`,
      ...evidence.map((line) => `      ${oneLine(line)}`),
    ]
  })
  const open = left.map((line) => `  ${style('dim', '–')} ${oneLine(line)}`)
  return [style('bold', `Shown on ${subject}, with new keys`), ...lines, ...open, ''].join('\n')
}
