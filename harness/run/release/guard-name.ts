import { optionKnown, type OptionValues } from '../../../fixtures/options.ts'
import type { Cell } from '../../scenario/claim.ts'
import type { WorldSpec } from '../../scenario/world.ts'

const name = 'peer-skip-client-san-verification'
const before = 'experimental-peer-skip-client-san-verification'

/**
 * A cell whose world without the guard says the option that takes it away by the name it has in a release: no name
 * is known to all of them, and 3.6 refuses both at a time. What a claim itself asks for is not touched. Releases up to
 * 3.2.27 and 3.3.15 have no name for it: their guard cannot be taken away, and the cell has no such world.
 */
export function withGuardName(cell: Cell, etcd: string): Cell {
  if (!('without' in cell) || cell.without === undefined || optionKnown(name, etcd) === 'yes') return cell
  if (optionKnown(before, etcd) === 'yes') return { ...cell, without: renamed(cell.without) }
  return asksToSkip(cell.without) ? withoutIt(cell) : cell
}

const asksToSkip = ({ members }: WorldSpec): boolean =>
  Object.values(members).some(({ options }) => options[name] !== undefined)

function withoutIt({ without: _, ...cell }: Cell & { without?: WorldSpec | undefined }): Cell {
  return cell
}

const renamed = (world: WorldSpec): WorldSpec => ({
  ...world,
  members: Object.fromEntries(
    Object.entries(world.members).map(([member, spec]) => [
      member,
      { ...spec, options: older(spec.options) },
    ]),
  ),
})

function older({ [name]: skipped, ...options }: OptionValues): OptionValues {
  return skipped === undefined ? options : { ...options, [before]: skipped }
}
