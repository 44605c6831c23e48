import { idOf, subjectAt, claimAt } from './index.js'
/** @import { CellRef } from '../page-types.ts' */

/** What the page shows, as its address has it behind the `#`. */
export const state = () => new URLSearchParams(location.hash.slice(1).replaceAll('+', '%2B'))

const kept = ['q', 'only', 'page']

/**
 * The address of a view. The search, the filters and the page stay as they are, unless they are named.
 * @param {Readonly<Record<string, string>>} change an empty value takes the name out
 */
export function addressOf(change) {
  const now = state()
  const entries = [...kept.map((name) => [name, now.get(name) ?? '']), ...Object.entries(change)]
  return `#${[...new Map(entries.map(([name = '', value = '']) => [name, value]))]
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${readable(value)}`)
    .join('&')}`
}

/** @param {string} value */
const readable = (value) =>
  encodeURIComponent(value).replaceAll(/%(2F|3A|3D|2C|40)/g, (code) => decodeURIComponent(code))

/** @param {CellRef} ref */
export const cellAddress = (ref) => addressOf({ cell: idOf(ref), on: subjectAt(ref.subject).name })

/** @param {number} claim */
export const claimAddress = (claim) => addressOf({ claim: claimAt(claim).id })

/** Goes to a view that can be left with the browser's way back. @param {string} address */
export function goTo(address) {
  if (location.hash === address || (address === '#' && location.hash === '')) return
  location.hash = address
}

/** The same view, told otherwise: no step for the browser's way back. @param {string} address */
export const restate = (address) =>
  history.replaceState(null, '', address === '#' ? location.pathname + location.search : address)
