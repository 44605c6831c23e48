import {
  explicit,
  implicit,
  octets,
  oid,
  sequence,
  smallInteger,
  yes,
  type Der,
} from '../../../fixtures/pki/der.ts'
import { extension } from '../../../fixtures/pki/extension.ts'
import { cn, curve, minted, type Minted, type Parts } from './minted.ts'

/** What one side shows, and whom the other side trusts. */
export interface Oddity {
  readonly chain: readonly Minted[]
  readonly roots: readonly Minted[]
  /** With it the certificate is a server's, which was dialled by that name. */
  readonly host?: string
}
export type Oddities = Readonly<Record<string, Oddity>>

const client = '1.3.6.1.5.5.7.3.2'
const server = '1.3.6.1.5.5.7.3.1'
export const usages = (...ids: string[]): Der => extension('2.5.29.37', sequence(...ids.map(oid)))
export const both = usages(client, server)
export const basic = (authority: boolean, pathLength?: number): Der =>
  extension(
    '2.5.29.19',
    sequence(...(authority ? [yes()] : []), ...(pathLength === undefined ? [] : [smallInteger(pathLength)])),
    true,
  )
export const dnsName = (text: string): Der => implicit(2, Buffer.from(text, 'latin1'))
export const ipName = (...content: number[]): Der => implicit(7, Buffer.from(content))
export const names = (...all: Der[]): Der => extension('2.5.29.17', sequence(...all))
export const usualNames = names(dnsName('a.example'), ipName(10, 0, 0, 1))
/** An extension with any octets, and any byte as its boolean. */
export const raw = (id: string, content: Buffer, ...critical: Der[]): Der =>
  sequence(oid(id), ...critical, octets(content))
/** `[number] IMPLICIT SEQUENCE OF`. */
export function list(number: number, all: readonly Der[]): Der {
  const made = explicit(number, all[0] ?? sequence())
  made.value = [...all]
  return made
}

export const root = minted({ subject: cn('root'), key: curve('P-256'), extensions: [basic(true)] })

/** A good leaf of `root` with some of its parts changed. */
export const leaf = (parts: Parts = {}): Oddity => ({
  chain: [minted({ by: root, extensions: [both, usualNames], ...parts })],
  roots: [root],
})
/** With other extensions beside the usual ones. */
export const beside = (...extensions: Der[]): Oddity =>
  leaf({ extensions: [both, usualNames, ...extensions] })

/** A leaf below an authority that is sent along, and below a root of the same kind. */
export function below(parts: Parts, of: Parts = {}): { readonly sent: Oddity; readonly trusted: Oddity } {
  const under = (by: Minted): Minted => minted({ by, extensions: [both, usualNames], ...of })
  const authority = { subject: cn('middle'), extensions: [basic(true)], ...parts }
  const middle = minted({ ...authority, by: root })
  const own = minted(authority)
  return {
    sent: { chain: [under(middle), middle], roots: [root] },
    trusted: { chain: [under(own)], roots: [own] },
  }
}

/** The same at both places. */
export const twice = (name: string, { sent, trusted }: ReturnType<typeof below>): Oddities => ({
  [`${name}, sent along`]: sent,
  [`${name}, trusted`]: trusted,
})
