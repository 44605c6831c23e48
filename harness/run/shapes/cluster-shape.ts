import type { CatalogueCell } from '../catalogue/cells.ts'
import { part } from './loose.ts'
import { wrongTimeline } from './timeline-shape.ts'

/** What keeps an act on members from being played, in words, or undefined. */
export function wrongCluster(cell: CatalogueCell['cell']): string | undefined {
  const kind = part(part(cell, 'when'), 'kind')
  if (kind === 'forms') return wrongForms(cell)
  if (kind === 'timeline') return wrongTimeline(cell)
  if (kind !== 'join') return undefined
  const joins = [part(cell, 'when'), part(cell, 'unlike')].filter((one) => part(one, 'kind') === 'join')
  return joins.map((join) => wrongJoin(join, cell)).find((wrong) => wrong !== undefined)
}

/** A candidate of the world, and a cluster that keeps its quorum while the candidate is refused. */
function wrongJoin(join: unknown, { given }: CatalogueCell['cell']): string | undefined {
  const who = String(part(join, 'who'))
  const roles = Object.entries(given.members).map(([name, { role = 'member' }]) => [name, role] as const)
  if (!roles.some(([name, role]) => name === who && role === 'candidate'))
    return `${who} is no candidate of the world; give it role: 'candidate'`
  if (!roles.some(([name, role]) => name === part(join, 'to') && role === 'member'))
    return `the join asks ${String(part(join, 'to'))}, which is no member of the cluster`
  if (roles.filter(([, role]) => role === 'member').length < 2)
    return 'a join needs a cluster of two members: one alone has no quorum while the candidate is listed'
  return undefined
}

function wrongForms({ given, then }: CatalogueCell['cell']): string | undefined {
  const members = Object.entries(given.members).flatMap(([name, { role = 'member' }]) =>
    role === 'member' ? [name] : [],
  )
  if (members.length < 2) return 'a cluster is formed by two members at least'
  if (then.outcome === 'not-formed') {
    const stranger = [then.by, then.from].find((name) => !members.includes(name))
    if (stranger !== undefined) return `${stranger} is no member that forms the cluster`
    if (then.by === then.from) return 'a member does not turn itself away: `by` and `from` are the same'
    return undefined
  }
  const logs = Object.keys((part(then, 'logs') as object | undefined) ?? {})
  const stranger = logs.find((name) => !members.includes(name))
  return stranger === undefined ? undefined : `\`logs\` names ${stranger}, which is no member of the world`
}
