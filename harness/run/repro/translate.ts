import type { CellResult } from '../../../reports/schema.ts'
import { prefixOf } from '../../world/address-blocks.ts'
import { needsBlock } from '../../world/world-addresses.ts'
import type { WorldSpec } from '../../scenario/world.ts'
import type { HandPlace } from '../by-hand/hand-place.ts'

/** The addresses that a run gave to its world → those of the folder: of members by name, of the rest by their last octet. */
export function translation(
  result: CellResult,
  world: WorldSpec,
  place: HandPlace,
): (text: string) => string {
  const members = result.world?.members ?? []
  const own = members
    .filter(({ name, address }) => name in world.members && isPlain(address))
    .map(({ name, address }) => [address, place.of(name)] as const)
  const [first] = own
  const block = needsBlock(world) && first !== undefined ? prefixOf(first[0]) : undefined
  const target = place.network?.subnet.replace(/\.0\/24$/, '') ?? ''
  const known = new Map(own)
  return (text) =>
    text.replaceAll(/(?<![\d.])(\d{1,3}(?:\.\d{1,3}){3})(?!\d|\.\d)/g, (address: string) => {
      const mine = known.get(address)
      if (mine !== undefined) return mine
      return prefixOf(address) === block
        ? `${target}.${address.slice(address.lastIndexOf('.') + 1)}`
        : address
    })
}

const isPlain = (address: string): boolean => /^\d+(\.\d+){3}$/.test(address) && !address.startsWith('127.')
