import { optionNames } from '../../fixtures/options.ts'
import { nearestTo } from '../nearest.ts'
import { ways } from '../scenario/world.ts'
import { part } from './loose.ts'

/** What is wrong with a world, in words, or undefined. `called` is its name in the cell: given, without, unlike. */
export function wrongWorld(world: unknown, called: string): string | undefined {
  const members = part(world, 'members')
  if (typeof members !== 'object' || members === null)
    return `\`${called}\` is no world; write etcd({ options })`
  for (const [name, member] of Object.entries(members)) {
    const wrong = wrongMember(member)
    if (wrong !== undefined) return `\`${called}\`, member ${name}: ${wrong}`
  }
  return undefined
}

function wrongMember(member: unknown): string | undefined {
  const [options, way] = [part(member, 'options'), part(member, 'way')]
  if (typeof options !== 'object' || options === null) return 'it has no `options`; write etcd({ options })'
  const strange = Object.keys(options).find((name) => !(optionNames as readonly string[]).includes(name))
  if (strange !== undefined)
    return `fixtures/option-table.ts has no option "${strange}"${nearestTo(strange, optionNames)}`
  if (way !== undefined && !(ways as readonly unknown[]).includes(way))
    return `${JSON.stringify(way)} is no way to give options; write ${ways.join(', ')}`
  return undefined
}
