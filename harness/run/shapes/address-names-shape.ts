import type { CatalogueCell } from '../catalogue/cells.ts'
import { part } from './loose.ts'

/** `@m1`, where it begins a word: what stands for an address. */
const said = /(?<![\w.+-])@(\w+)/g

/**
 * A text that speaks of somebody whom the world does not have, in words, or undefined: it would go to etcd, or into a
 * certificate, as it stands.
 */
export function wrongAddressNames({ given, ...rest }: CatalogueCell['cell']): string | undefined {
  const without = part(rest, 'without')
  const control = part(rest, 'unlike')
  const worlds = [given, without, ...(part(control, 'members') === undefined ? [] : [control])]
  const names = namesOf(given)
  return (
    worlds
      .filter((world) => world !== undefined)
      .map((world) => stranger(world, namesOf(world)))
      .find((wrong) => wrong !== undefined) ??
    stranger([part(rest, 'when'), ...(worlds.includes(control) ? [] : [control])], names) ??
    stranger(part(rest, 'then'), names)
  )
}

const namesOf = (world: unknown): readonly string[] =>
  [part(world, 'members'), part(world, 'clients')].flatMap((some) =>
    Object.keys((some as object | undefined) ?? {}),
  )

function stranger(value: unknown, names: readonly string[]): string | undefined {
  const wrong = textsIn(value)
    .flatMap((text) => [...text.matchAll(said)].map(([, name = '']) => ({ text, name })))
    .find(({ name }) => !names.includes(name))
  return wrong && `"${wrong.text}" speaks of @${wrong.name}, which is no member or client of the world`
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}
