import { isIP } from 'node:net'
import { plainAddress } from './address-text.ts'

/** What the DNS of the member that looks up would answer. What is not listed does not exist. */
export interface Resolver {
  /** Names of an address, as they are written. */
  reverse(address: string): readonly string[]
  /** Addresses of a name; letter case and a dot at the end make no difference. */
  forward(name: string): readonly string[]
}

/** One record: a name and an address, in the direction in which it is asked. */
export interface DnsRecord {
  readonly direction: 'forward' | 'reverse'
  readonly name: string
  readonly address: string
}

const plainName = (name: string): string => name.toLowerCase().replace(/\.$/, '')

export function resolverOf(records: readonly DnsRecord[]): Resolver {
  return {
    reverse: (address) =>
      records
        .filter((one) => one.direction === 'reverse' && one.address === plainAddress(address))
        .map(({ name }) => name.replace(/\.$/, '')),
    forward: (name) =>
      records
        .filter((one) => one.direction === 'forward' && plainName(one.name) === plainName(name))
        .map(({ address }) => address),
  }
}

/** `name=address` or `address=name`; undefined for what is neither. Nothing behind `=`: it exists nowhere. */
export function recordOf(text: string): DnsRecord | undefined {
  const [, left = '', right = ''] = /^\s*([^\s=]+)\s*=\s*([^\s=]*)\s*$/.exec(text) ?? []
  if (left === '') return undefined
  if (isIP(left) !== 0 && isIP(right) === 0)
    return { direction: 'reverse', address: plainAddress(left), name: right }
  if (isIP(left) === 0 && (isIP(right) !== 0 || right === ''))
    return { direction: 'forward', name: left, address: plainAddress(right) }
  return undefined
}

/**
 * A line of a hosts file, `10.0.0.2 b.example b`, which answers in both directions, or a record as above. Comments begin with `#`.
 * @returns undefined for a line that is neither
 */
export function lineRecords(line: string): readonly DnsRecord[] | undefined {
  const plain = line.replace(/#.*$/s, '').trim()
  if (plain === '') return []
  const [address = '', ...names] = plain.split(/\s+/)
  if (isIP(address) !== 0 && names.length > 0 && !plain.includes('='))
    return names.flatMap((name) =>
      (['forward', 'reverse'] as const).map((direction) => ({
        direction,
        name,
        address: plainAddress(address),
      })),
    )
  const record = recordOf(plain)
  return record === undefined ? undefined : [record]
}
