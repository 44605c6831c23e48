import { oddChains } from './odd-chains.ts'
import { oddExtensions } from './odd-extensions.ts'
import { oddKeys } from './odd-keys.ts'
import { oddNames } from './odd-names.ts'
import type { Minted } from './minted.ts'
import type { Oddities, Oddity } from './oddity.ts'

/** Certificates with one thing each that is rare, by what is odd. */
export const oddities: Oddities = { ...oddNames, ...oddKeys, ...oddExtensions, ...oddChains }

const base64 = (all: readonly Minted[]): string => all.map(({ der }) => der.toString('base64')).join(',')

/** A line for `ask-go/main.go`. */
export const lineOf = (name: string, { chain, roots, host = '' }: Oddity): string =>
  [name, base64(chain), base64(roots), host === '' ? 'clientAuth' : 'serverAuth', host].join('\t')
