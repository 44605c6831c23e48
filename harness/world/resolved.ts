import type { MemberSpec } from '../scenario/world.ts'

type Resolve = (text: string) => string

/** A process whose texts speak of the world's addresses instead of `@m1` and the page's. Keeps what is undefined. */
export const resolved = (spec: MemberSpec, resolve: Resolve): MemberSpec => ({
  ...spec,
  options: each(spec.options, resolve),
  ...(spec.environment && { environment: each(spec.environment, resolve) as Record<string, string> }),
  ...(spec.literal && { literal: spec.literal.map((one) => value(one, resolve) as string) }),
})

const each = (fields: object, resolve: Resolve): object =>
  Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, value(one, resolve)]))

function value(one: unknown, resolve: Resolve): unknown {
  if (typeof one === 'string') return resolve(one)
  if (Array.isArray(one))
    return one.map((part) => (typeof part === 'string' ? resolve(part) : part) as unknown)
  // A file keeps its identity: it is placed by it.
  return one
}
