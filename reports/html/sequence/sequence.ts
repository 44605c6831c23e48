import type { CellResult, Observation } from '../../schema.ts'
import { oneLine } from '../../sanitize.ts'
import type { Step } from './parts.ts'
import { stepsOf } from './steps.ts'

/** Who spoke with whom in a cell, to be drawn: phases from top to bottom, actors from left to right. */
export interface Sequence {
  readonly actors: readonly string[]
  readonly phases: readonly {
    readonly title: string
    readonly what: string
    readonly steps: readonly DrawnStep[]
  }[]
}

/** From one actor to another, as their places; a note beside an actor where both are the same. */
export interface DrawnStep {
  readonly from: number
  readonly to: number
  readonly text: string
  /** `no`: a check that refuses, or what comes of it. `answer`: back to who asked. */
  readonly tone?: Step['tone']
}

const titles = {
  control: 'Control: differs in one thing',
  probe: 'Probe',
  again: 'The probe once more',
  without: 'Without the guard',
} as const
type Stage = keyof typeof titles

/** Pure. None where nothing was dialled or started, and where the cell has a timeline, which is drawn instead. */
export function sequenceOf(cell: CellResult): Sequence | undefined {
  const stages = (Object.keys(titles) as Stage[])
    .flatMap((stage) => (cell[stage] === undefined ? [] : [{ stage, seen: cell[stage] }]))
    .toSorted((a, b) => (a.seen.at < b.seen.at ? -1 : a.seen.at > b.seen.at ? 1 : 0))
  if (stages.length === 0 || cell.timeline !== undefined) return undefined
  const actors: string[] = []
  const place = (name: string): number => {
    const known = actors.indexOf(name)
    return known < 0 ? actors.push(name) - 1 : known
  }
  const phases = stages.map(({ stage, seen }) => ({
    title: titles[stage],
    what: oneLine(seen.probe),
    steps: stepsOf(seen, namesOf(cell, stage, seen)).map(({ from, to, text, tone }) => ({
      ...{ from: place(from), to: place(to), text: oneLine(text) },
      ...(tone !== undefined && { tone }),
    })),
  }))
  return { actors, phases }
}

/**
 * A member for its address. Another world than the probe's (that of the control, or without the guard) has other
 * addresses: there the one that is asked, and the one that asks, are those of the probe, and the others have the last octet that
 * they have in the probe's world.
 */
function namesOf(cell: CellResult, stage: Stage, seen: Observation): (address: string) => string {
  const names = new Map(cell.world?.members.map(({ name, address }) => [address, name]))
  const [asked, other] = [hostOf(cell.probe?.to ?? ''), hostOf(seen.to)]
  const name = names.get(asked)
  if (stage !== 'probe' && name !== undefined && !names.has(other)) {
    names.set(other, name)
    const [from, there] = [cell.probe?.localAddress, seen.localAddress]
    if (from !== undefined && there !== undefined && !names.has(there))
      names.set(there, names.get(from) ?? from)
    for (const member of cell.world?.members ?? []) {
      const there = moved(member.address, asked, other)
      if (there !== undefined && !names.has(there)) names.set(there, member.name)
    }
  }
  return (address) => names.get(hostOf(address)) ?? hostOf(address)
}

/** An address of the first /24 in the second one, where both are blocks: then one member has the same last octet in both. */
function moved(address: string, from: string, to: string): string | undefined {
  const [network, octet] = parted(address)
  const [[before, place], [after, same]] = [parted(from), parted(to)]
  return octet !== '' && network === before && place === same ? `${after}${octet}` : undefined
}

/** `10.138.80.` and `10`. */
function parted(address: string): readonly [string, string] {
  const [, network = address, octet = ''] = /^(\d+\.\d+\.\d+\.)(\d+)$/.exec(address) ?? []
  return [network, octet]
}

/** `10.138.80.10:2380` and `[fd00::1]:2380` without the port. */
const hostOf = (address: string): string =>
  address.replace(/^\[(.*)\]:\d+$/, '$1').replace(/^([^:]*):\d+$/, '$1')
