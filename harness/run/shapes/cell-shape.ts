import { isDeepStrictEqual } from 'node:util'
import { wrongAddressNames } from './address-names-shape.ts'
import { wrongBecause } from './because-shape.ts'
import type { CatalogueCell } from '../catalogue/cells.ts'
import { wrongCluster } from './cluster-shape.ts'
import { part } from './loose.ts'
import { wrongNames } from './names-shape.ts'
import { wrongFrom, wrongWorld } from './world-shape.ts'

const requests = ['http', 'hello', 'grpc', 'curl', 'etcdctl', 'recipe']
const refusal = ['refused', 'client-refuses']

/** Kind of an act → outcomes that it can have. */
const outcomesOf: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(requests.map((kind) => [kind, ['served', ...refusal]])),
  start: ['started', 'not-started'],
  forms: ['formed', 'not-formed'],
  join: ['joined', 'refused'],
  dials: ['dialled'],
  timeline: ['kept'],
}
const outcomes = [...new Set(Object.values(outcomesOf).flat())]
const turnedAway = [...refusal, 'not-started', 'not-formed']

/**
 * What keeps a cell from being played, in words, or undefined. The types say all of this and more to who has them
 * checked; whoever does not gets a sentence.
 */
export function wrongIn({ claim, cell }: Pick<CatalogueCell, 'claim' | 'cell'>): string | undefined {
  const kind = part(part(cell, 'when'), 'kind')
  const outcome = part(part(cell, 'then'), 'outcome')
  const says = part(claim, 'says')
  if (typeof says !== 'string' || says.trim() === '') return '`says` is missing: the promise in words'
  const world = wrongWorld(cell.given, 'given')
  if (world !== undefined) return world
  if (!(String(kind) in outcomesOf)) return '`when` is no probe; write http(), curl(), starts() …'
  if (!outcomes.includes(String(outcome))) return '`then` is no outcome; write served(), refused() …'
  return (
    wrongTogether(cell, String(kind), String(outcome)) ??
    wrongMember(cell, Object.keys(cell.given.members)) ??
    wrongPatience(cell) ??
    wrongCluster(cell) ??
    wrongNames(cell) ??
    wrongAddressNames(cell) ??
    wrongTexts(part(cell, 'then')) ??
    wrongFrom(part(cell, 'when'), cell.given) ??
    wrongFrom(part(cell, 'unlike'), cell.given) ??
    wrongBecause(part(cell, 'because'), String(outcome)) ??
    wrongControl(cell, String(kind), String(outcome)) ??
    (part(cell, 'without') === undefined ? undefined : wrongWorld(part(cell, 'without'), 'without'))
  )
}

function wrongTogether(cell: unknown, kind: string, outcome: string): string | undefined {
  if (outcomesOf[kind]?.includes(outcome) !== true)
    return `\`when\` is a probe of the kind ${kind}, which cannot be ${outcome}`
  const refused = turnedAway.includes(outcome)
  if (refused && part(cell, 'because') === undefined) return 'a refusal needs `because`, its reason'
  if (refused && part(cell, 'unlike') === undefined) return 'a refusal needs `unlike`, its control'
  return undefined
}

function wrongMember(cell: unknown, members: readonly string[]): string | undefined {
  const when = part(cell, 'when')
  const asked = part(when, 'to') ?? part(when, 'of')
  if (!members.includes(String(asked)))
    return `\`when\` asks ${String(asked)}, which is no member of the world`
  const by = part(part(cell, 'then'), 'by')
  const anyOf = part(when, 'kind') === 'forms' || part(part(cell, 'because'), 'proxyAt') !== undefined
  const sides = anyOf ? members : [asked, part(when, 'who')]
  if (by !== undefined && !sides.includes(by as string))
    return `the refusal is said to be by another member than ${String(asked)}`
  return undefined
}

/** What is judged is asked once. */
const wrongPatience = (cell: unknown): string | undefined =>
  [part(cell, 'when'), part(cell, 'unlike')].some((probe) => part(probe, 'whileSaying') !== undefined)
    ? '`whileSaying` is for acts of a setup only: what is judged is asked once'
    : undefined

/** An empty text is in every answer: what asks for it can never fail. */
const wrongTexts = (then: unknown): string | undefined => {
  const logs = part(then, 'logs')
  const texts = {
    contains: part(then, 'contains'),
    logs: typeof logs === 'object' ? Object.values(logs ?? {}) : undefined,
  }
  const found = Object.entries(texts).find(([, list]) => Array.isArray(list) && list.flat().includes(''))
  return found && `\`then.${found[0]}\` has an empty text, which is in everything`
}

/** The control of a start or of a cluster is a world, that of a request is a request, that of a join a join. */
function wrongControl(cell: CatalogueCell['cell'], kind: string, outcome: string): string | undefined {
  const unlike = part(cell, 'unlike')
  if (unlike === undefined) return undefined
  if (outcome === 'not-started' || outcome === 'not-formed') return wrongWorld(unlike, 'unlike')
  if (kind === 'join')
    return part(unlike, 'kind') === 'join' ? undefined : '`unlike` is no join; write joins()'
  if (!requests.includes(String(part(unlike, 'kind')))) return '`unlike` is no probe; write http(), curl() …'
  if (isDeepStrictEqual(unlike, part(cell, 'when')))
    return '`unlike` is the same as `when`; it has to differ in one thing'
  const to = String(part(unlike, 'to'))
  return to in cell.given.members ? undefined : `\`unlike\` asks ${to}, which is no member of the world`
}
