import { onScenario } from '../scenario/scenario.ts'
import { register } from './register.ts'

/** Scenario files are test files: each scenario that is declared while one loads becomes its tests. */
const current = Symbol.for('etcd-tls.vitest.unregister')
const registry = globalThis as { [current]?: () => void }

// Workers are reused: the file before this one has left its own registration.
registry[current]?.()
registry[current] = onScenario(register)
