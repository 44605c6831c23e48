import { wrongBecause } from './because-shape.ts'
import type { CatalogueCell } from './catalogue.ts'
import { part } from './loose.ts'
import { wrongWorld } from './world-shape.ts'

const requests = ['http', 'hello', 'grpc', 'curl', 'etcdctl']
const probes = [...requests, 'start']
const outcomes = ['served', 'refused', 'client-refuses', 'started', 'not-started']

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
  if (!probes.includes(String(kind))) return '`when` is no probe; write http(), curl(), starts() …'
  if (!outcomes.includes(String(outcome))) return '`then` is no outcome; write served(), refused() …'
  return (
    wrongTogether(cell, String(kind), String(outcome)) ??
    wrongMember(cell, Object.keys(cell.given.members)) ??
    wrongBecause(part(cell, 'because'), String(outcome)) ??
    wrongControl(cell, String(outcome)) ??
    (part(cell, 'without') === undefined ? undefined : wrongWorld(part(cell, 'without'), 'without'))
  )
}

function wrongTogether(cell: unknown, kind: string, outcome: string): string | undefined {
  const refusal = outcome === 'refused' || outcome === 'client-refuses' || outcome === 'not-started'
  if (refusal && part(cell, 'because') === undefined) return 'a refusal needs `because`, its reason'
  if (refusal && part(cell, 'unlike') === undefined) return 'a refusal needs `unlike`, its control'
  const ofStart = outcome === 'started' || outcome === 'not-started'
  if (ofStart !== (kind === 'start')) return `\`when\` is a ${kind} probe, which cannot be ${outcome}`
  return undefined
}

function wrongMember(cell: unknown, members: readonly string[]): string | undefined {
  const asked = part(part(cell, 'when'), 'to') ?? part(part(cell, 'when'), 'of')
  if (!members.includes(String(asked)))
    return `\`when\` asks ${String(asked)}, which is no member of the world`
  const by = part(part(cell, 'then'), 'by')
  if (by !== undefined && by !== asked)
    return `the refusal is said to be by another member than ${String(asked)}`
  return undefined
}

/** The control of a start is a world that starts, that of a request is a request. */
function wrongControl(cell: CatalogueCell['cell'], outcome: string): string | undefined {
  const unlike = part(cell, 'unlike')
  if (unlike === undefined) return undefined
  if (outcome === 'not-started') return wrongWorld(unlike, 'unlike')
  if (!requests.includes(String(part(unlike, 'kind')))) return '`unlike` is no probe; write http(), curl() …'
  const to = String(part(unlike, 'to'))
  return to in cell.given.members ? undefined : `\`unlike\` asks ${to}, which is no member of the world`
}
