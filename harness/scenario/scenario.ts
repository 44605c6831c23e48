import type { Scenario } from './claim.ts'

type Listener = (scenario: Scenario) => void

/** Who is told of each scenario as its file is loaded; shared over realms that load this module twice. */
const listeners = Symbol.for('etcd-tls.scenario.listeners')
const registry = globalThis as { [listeners]?: Set<Listener> }

/** Calls `listener` for every scenario that is declared until the returned function is called. */
export function onScenario(listener: Listener): () => void {
  const set = (registry[listeners] ??= new Set())
  set.add(listener)
  return () => void set.delete(listener)
}

/** Declares the promises of one section. The default export of a scenario file. */
export function scenario(id: string, what: Omit<Scenario, 'id'>): Scenario {
  const made: Scenario = { id, ...what }
  for (const listener of registry[listeners] ?? []) listener(made)
  return made
}
