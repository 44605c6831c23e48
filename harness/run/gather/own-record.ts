import type { WorldRecord } from '../../../reports/schema.ts'

/**
 * A world's record as one cell has a right to it: candidates that were started for the cells before it, in the same
 * world, are theirs. What the cell itself exercised is read from this.
 * @param earlier the record when the cell began
 */
export function ownRecord(record: WorldRecord, earlier: WorldRecord): WorldRecord {
  const others = new Set(earlier.members.filter(({ role }) => role === 'candidate'))
  return { ...record, members: record.members.filter((member) => !others.has(member)) }
}

/** The same with what only the cell's other world set: an option that takes a guard away is set nowhere else. */
export function withElsewhere(record: WorldRecord, other: WorldRecord): WorldRecord {
  const here = new Set(setIn(record).map(keyOf))
  const only = new Map(setIn(other).map((one) => [keyOf(one), one]))
  const elsewhere = [...only].filter(([key]) => !here.has(key)).map(([, one]) => one)
  return elsewhere.length === 0 ? record : { ...record, elsewhere }
}

type SetOption = NonNullable<WorldRecord['elsewhere']>[number]
const setIn = ({ members }: WorldRecord): SetOption[] => members.flatMap(({ set = [] }) => set)
const keyOf = ({ option, way }: SetOption): string => `${option} ${way}`
