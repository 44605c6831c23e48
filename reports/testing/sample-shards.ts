import type { Results } from '../schema.ts'
import { catalogueDigest } from '../shards.ts'

/** A run as the shards it would have been: cells are dealt out in turn. */
export function shardsOfRun(whole: Results, of: number, only: readonly string[] = []): Results[] {
  const ids = whole.claims.flatMap((claim) => claim.cells.map(({ id }) => id))
  const cells = Array.from({ length: of }, (_, n) => ids.filter((_, place) => place % of === n))
  const { sections, claims, tool } = whole
  const all = { only: [...only], cells, sections, claims }
  const catalogue = catalogueDigest(all, tool)
  return cells.map((mine, n) => ({
    ...part(whole, mine),
    run: { ...whole.run, id: `${whole.run.id}-${String(n + 1)}` },
    shard: { index: n + 1, of, catalogue, ...all },
  }))
}

function part(whole: Results, cells: readonly string[]): Results {
  const mine = new Set(cells)
  const claims = whole.claims
    .map((claim) => ({ ...claim, cells: claim.cells.filter(({ id }) => mine.has(id)) }))
    .filter((claim) => claim.cells.length > 0)
  const sections = new Set(claims.map(({ section }) => section))
  return {
    ...whole,
    sections: whole.sections.filter(({ id }) => sections.has(id)),
    claims,
    results: whole.results.filter(({ cell }) => mine.has(cell)),
  }
}
