import type { WorldRecord } from '../../reports/schema.ts'

/**
 * A world's record as one cell has a right to it: candidates that were started for the cells before it, in the same
 * world, are theirs. What the cell itself exercised is read from this.
 * @param earlier the record when the cell began
 */
export function ownRecord(record: WorldRecord, earlier: WorldRecord): WorldRecord {
  const others = new Set(earlier.members.filter(({ role }) => role === 'candidate'))
  return { ...record, members: record.members.filter((member) => !others.has(member)) }
}
