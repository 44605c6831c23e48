import packageFile from '../../package.json' with { type: 'json' }
import { catalogueDigest } from '../../reports/index.ts'
import type { ClaimRecord, Shard } from '../../reports/schema.ts'
import type { Scenario } from '../scenario/claim.ts'
import { cellsOf, type CatalogueCell } from './catalogue/cells.ts'
import { coverage } from './catalogue/coverage.ts'
import { checkGlobs, onlyIds } from './catalogue/only.ts'
import { claimRecord, sectionRecord } from './catalogue/records.ts'
import type { ShardOption } from './shard-option.ts'
import { divide } from './shards.ts'

/** What is chosen of a catalogue. */
export interface Choice {
  /** The scenario files are those of the project. */
  readonly own: boolean
  /** Globs of ids; empty means every cell. */
  readonly only: readonly string[]
  readonly shard?: ShardOption
}

/** The cells of a run. */
export interface Plan {
  readonly cells: readonly CatalogueCell[]
  /** Globs that match these cells and no others. */
  readonly only: readonly string[]
  readonly shard?: Shard
}

/** Errors: HarnessError `nothing-matches` (exit 2). A shard may be left without cells. */
export function planOf(scenarios: readonly Scenario[], { own, only, shard }: Choice): Plan {
  const all = scenarios.flatMap(cellsOf)
  checkGlobs(only, all)
  const wanted = all.filter(onlyIds(only))
  if (shard === undefined) return { cells: wanted, only }
  const cells = divide(wanted, shard.of)
  const mine = new Set(cells[shard.index - 1])
  const claims = claimsOf(wanted)
  const whole = {
    only: [...only],
    cells,
    sections: sectionsOf(claims, scenarios),
    claims,
    coverage: coverage(claims, own && only.length === 0),
  }
  return {
    cells: wanted.filter(({ cellId }) => mine.has(cellId)),
    only: [...mine],
    shard: { ...shard, catalogue: catalogueDigest(whole, packageFile), ...whole },
  }
}

/** A record for each claim that has one of the cells, with these. */
export const claimsOf = (cells: readonly CatalogueCell[]): ClaimRecord[] =>
  [...Map.groupBy(cells, ({ claimId }) => claimId).values()].map(claimRecord)

/** The sections of claims, each once. */
export const sectionsOf = (
  claims: readonly ClaimRecord[],
  scenarios: readonly Scenario[],
): ReturnType<typeof sectionRecord>[] =>
  [...new Set(claims.map(({ section }) => section))].map((id) => sectionRecord(id, scenarios))
