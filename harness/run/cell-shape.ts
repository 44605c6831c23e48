import type { CatalogueCell } from './catalogue.ts'

type Loose = Readonly<Record<string, unknown>> | null | undefined
const part = (whole: unknown, name: string): unknown => (whole as Loose)?.[name]

const probes = ['http', 'hello', 'grpc', 'curl', 'etcdctl', 'start']
const outcomes = ['served', 'refused', 'client-refuses', 'started', 'not-started']

/**
 * What keeps a cell from being played, in words, or undefined. The types say all of this and more to who has them
 * checked; whoever does not gets a sentence.
 */
export function wrongIn({ claim, cell }: Pick<CatalogueCell, 'claim' | 'cell'>): string | undefined {
  const kind = part(part(cell, 'when'), 'kind')
  const outcome = part(part(cell, 'then'), 'outcome')
  if (typeof part(claim, 'says') !== 'string') return '`says` is missing: the promise in words'
  const members = part(part(cell, 'given'), 'members')
  if (typeof members !== 'object' || members === null) return '`given` is no world; write etcd({ options })'
  if (!probes.includes(String(kind))) return '`when` is no probe; write http(), curl(), starts() …'
  if (!outcomes.includes(String(outcome))) return '`then` is no outcome; write served(), refused() …'
  return wrongTogether(cell, String(kind), String(outcome)) ?? wrongMember(cell, Object.keys(members))
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
