import { join } from 'node:path'
import { nearestTo } from '../../nearest.ts'
import shapesJson from './shapes.json' with { type: 'json' }

/** What a value may be: the types of the vocabulary as data (`read-shapes.ts`). */
export type Shape =
  | 'any'
  | 'undefined'
  | 'string'
  | 'number'
  | 'boolean'
  | 'pattern'
  | 'function'
  | { readonly is: readonly (string | number | null)[] }
  | { readonly list: Shape }
  | { readonly record: Shape }
  | { readonly fields: Readonly<Record<string, Shape>>; readonly required: readonly string[] }
  | { readonly any: readonly Shape[] }
  | { readonly ref: string }
export type Shapes = Readonly<Record<string, Shape>>

export const shapesFile = join(import.meta.dirname, 'shapes.json')
const shapes = shapesJson as unknown as Shapes

/** A value that is not of its shape: where in it, and what is wrong there. */
export interface Misfit {
  readonly path: readonly string[]
  readonly what: string
  /** Of several ways to read a value the one is meant whose misfits weigh least. */
  readonly weight: number
}

/** @param name of a shape: `Claim`, `Cell` */
export const misfits = (value: unknown, name: string): readonly Misfit[] => fit(value, { ref: name }, [])

function fit(value: unknown, shape: Shape, path: readonly string[]): readonly Misfit[] {
  if (shape === 'any') return []
  if (typeof shape === 'string') return isOf(value, shape) ? [] : [misfit(path, value, words[shape])]
  if ('ref' in shape) return fit(value, shapes[shape.ref] ?? 'any', path)
  if ('any' in shape) return best(shape.any.map((one) => fit(value, one, path)))
  if ('is' in shape) return literal(value, shape.is, path)
  if ('list' in shape)
    return Array.isArray(value)
      ? value.flatMap((one, n) => fit(one, shape.list, [...path, String(n)]))
      : [misfit(path, value, 'a list')]
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof RegExp)
    return [misfit(path, value, 'an object', 20)]
  if ('record' in shape)
    return Object.entries(value).flatMap(([key, one]) => fit(one, shape.record, [...path, key]))
  return ofFields(value, shape, path)
}

function ofFields(
  value: object,
  { fields, required }: Extract<Shape, { fields: unknown }>,
  path: readonly string[],
): readonly Misfit[] {
  const given = Object.entries(value).filter(([, one]) => one !== undefined)
  const names = given.map(([name]) => name)
  const lacking = required.filter((name) => !names.includes(name))
  return [
    ...given.flatMap(([name, one]) => {
      const shape = Object.hasOwn(fields, name) ? fields[name] : undefined
      if (shape !== undefined) return fit(one, shape, [...path, name])
      const near = nearestTo(
        name,
        Object.keys(fields).filter((other) => !names.includes(other)),
      )
      return [{ path: [...path, name], what: `is unknown${near}`, weight: 2 }]
    }),
    ...lacking.map((name) => ({ path: [...path, name], what: 'is missing', weight: 2 })),
  ]
}

function literal(
  value: unknown,
  is: readonly (string | number | null)[],
  path: readonly string[],
): readonly Misfit[] {
  if (is.includes(value as string)) return []
  const names = is.map((one) => (typeof one === 'string' ? `'${one}'` : String(one)))
  const near =
    typeof value === 'string'
      ? nearestTo(
          value,
          is.filter((one) => typeof one === 'string'),
        )
      : ''
  const found = misfit(
    path,
    value,
    names.length <= 8 ? `one of ${names.join(', ')}` : 'a word that there is',
    10,
  )
  if (names.length === 1) return [misfit(path, value, names[0] ?? '', 10)]
  return [names.length <= 8 ? found : { ...found, what: found.what + near }]
}

const best = (all: readonly (readonly Misfit[])[]): readonly Misfit[] =>
  all.toSorted((a, b) => weightOf(a) - weightOf(b))[0] ?? []
const weightOf = (all: readonly Misfit[]): number => all.reduce((sum, { weight }) => sum + weight, 0)

const words = {
  undefined: 'nothing',
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  pattern: 'a regular expression',
  function: 'a function',
} as const

const misfit = (path: readonly string[], value: unknown, wanted: string, weight = 5): Misfit => ({
  path,
  what: `must be ${wanted}, not ${inWords(value)}`,
  weight,
})

const isOf = (value: unknown, kind: keyof typeof words): boolean =>
  kind === 'pattern' ? value instanceof RegExp : typeof value === kind

function inWords(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (value instanceof RegExp) return 'a regular expression'
  if (typeof value === 'string') return `'${value.length > 40 ? `${value.slice(0, 40)}…` : value}'`
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
