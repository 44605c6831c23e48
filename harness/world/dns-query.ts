import type { SeenQuery } from '../probe/observation.ts'
import { addressOf } from './dns-names.ts'
import { queryMark } from './dns-zone.ts'

const form = new RegExp(`\\b${queryMark} (\\S+) (\\S+) (\\S+) (\\S+)\\s*$`)

/**
 * A line of CoreDNS's query log; undefined for its other lines. Names come in small letters (`{name}`,
 * plugin/pkg/replacer), and `-` where no answer was given.
 */
export function queryOf(line: string): SeenQuery | undefined {
  const [, from, type, name, rcode] = form.exec(line) ?? []
  if (from === undefined || type === undefined || name === undefined || rcode === undefined) return undefined
  const plain = name.replace(/(?<=.)\.$/, '')
  return { from, type, name: (type === 'PTR' ? addressOf(plain) : undefined) ?? plain, rcode }
}
