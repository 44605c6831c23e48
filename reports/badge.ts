import { conclude, isPart } from './conclusion.ts'
import type { Results } from './schema.ts'
import { shardText } from './shards.ts'
import { standingOf } from './verdicts.ts'
import { element, xmlDocument } from './xml.ts'

/** What shields.io draws from an address (its endpoint schema, version 1), and we as SVG. */
export interface Badge {
  readonly schemaVersion: 1
  readonly label: string
  readonly message: string
  readonly color: 'brightgreen' | 'red' | 'lightgrey'
  /** shields.io writes the message in its error style. */
  readonly isError: boolean
}

/** Builds that a badge names; with more it counts them. */
const mostNamed = 3

/**
 * Pure. Speaks of the builds themselves, whatever a baseline excuses. Green is a complete run alone in which all is as
 * promised or as declared: not one that is inconclusive, not a shard, and not one that was asked for a part.
 */
export function badge(results: Results): Badge {
  const { exit } = conclude(results)
  const common = { schemaVersion: 1, label: 'etcd TLS' } as const
  if (exit === 3) return { ...common, message: 'inconclusive', color: 'lightgrey', isError: true }
  const broken = results.results.filter((one) => ['undeclared', 'stale'].includes(standingOf(one))).length
  if (exit === 1)
    return { ...common, message: `${String(broken)} not as promised`, color: 'red', isError: true }
  if (results.shard !== undefined)
    return { ...common, message: shardText(results.shard), color: 'lightgrey', isError: false }
  const kept = results.results.some((one) => standingOf(one) === 'as-declared')
    ? 'as promised or declared'
    : 'as promised'
  const message = `${buildsOf(results)} ${kept}`
  if (isPart(results)) return { ...common, message: `part of ${message}`, color: 'lightgrey', isError: false }
  return { ...common, message, color: 'brightgreen', isError: false }
}

function buildsOf({ subjects }: Results): string {
  const versions = [...new Set(subjects.map(({ etcd }) => etcd))]
  return versions.length > mostNamed ? `${String(versions.length)} builds` : versions.join(', ')
}

const colors: Readonly<Record<Badge['color'], string>> = {
  brightgreen: '#2c7a1f',
  red: '#b3261e',
  lightgrey: '#5c5c5c',
}

/** Pixels of a character at 11 px, on the average; the text is stretched to fit. */
const characterWidth = 6.4
const widthOf = (text: string): number => Math.round(text.length * characterWidth) + 10

/** The badge as one SVG, 20 pixels high, that loads nothing. */
export function badgeSvg({ label, message, color }: Badge): string {
  const [left, right] = [widthOf(label), widthOf(message)]
  const all = left + right
  const text = (words: string, from: number, width: number) =>
    element('text', { x: from + 5, y: 14, textLength: width - 10, lengthAdjust: 'spacingAndGlyphs' }, words)
  const half = (x: number, width: number, fill: string) => element('rect', { x, width, height: 20, fill })
  const root = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: all,
      height: 20,
      role: 'img',
      'aria-label': `${label}: ${message}`,
    },
    element('title', {}, `${label}: ${message}`),
    half(0, left, '#333'),
    half(left, right, colors[color]),
    element(
      'g',
      { fill: '#fff', 'font-family': 'Verdana, DejaVu Sans, sans-serif', 'font-size': 11 },
      text(label, 0, left),
      text(message, left, right),
    ),
  )
  return xmlDocument(root)
}
