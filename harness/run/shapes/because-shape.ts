import { refusalReasons } from '../../../fixtures/refusals.ts'
import { startFailures } from '../../../fixtures/start-failures.ts'
import { nearestTo } from '../../nearest.ts'
import { part } from './loose.ts'

/** What is wrong with the reason of a refusal, in words, or undefined. */
export function wrongBecause(because: unknown, outcome: string): string | undefined {
  const reason = part(because, 'reason')
  switch (outcome) {
    case 'refused':
    case 'not-formed':
      return wrongName(reason, 'reason', refusalReasons, 'fixtures/refusals.ts')
    case 'not-started':
      return wrongName(part(because, 'failure'), 'failure', startFailures, 'fixtures/start-failures.ts')
    case 'client-refuses':
      if (typeof part(because, 'exit') !== 'number')
        return '`because.exit` is missing: the exit status of the client'
      if (!(part(because, 'error') instanceof RegExp))
        return '`because.error` is missing: a pattern of what the client says'
      return reason === undefined
        ? undefined
        : wrongName(reason, 'reason', refusalReasons, 'fixtures/refusals.ts')
    default:
      return undefined
  }
}

function wrongName(name: unknown, key: string, names: readonly string[], table: string): string | undefined {
  if (typeof name !== 'string') return `\`because.${key}\` is missing; ${table} has the names`
  if (names.includes(name)) return undefined
  return `${table} has no ${key} "${name}"${nearestTo(name, names) || `; there are ${names.join(', ')}`}`
}
