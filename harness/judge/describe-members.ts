import { tellsOfDial } from '../../fixtures/dialler-refusals.ts'
import type { SeenDial, SeenForm, SeenJoin } from '../probe/observation.ts'
import { short } from './short.ts'

/** A join in one sentence. */
export function joinText(join: SeenJoin): string {
  const { who, added, started, exit, listed, writtenAndRead, unanswered, said } = join
  if (added !== true) return `${who} was not taken into the list: ${short(added)}`
  if (started && listed && writtenAndRead) return `${who} joined: it serves, is listed, and its key is read`
  if (started && unanswered !== undefined)
    return `${who} serves, but nobody could be asked: ${short(unanswered)}`
  if (started) return `${who} serves, but ${listed ? 'its key is not read' : 'is not listed as started'}`
  const dial = said.findLast(({ message }) => tellsOfDial(message)) ?? said.at(-1)
  const words = dial === undefined ? '' : `: ${short([dial.message, dial.error].filter(Boolean).join(': '))}`
  const listing = listed ? ', though it is listed as started' : ''
  if (exit === undefined) return `${who} neither serves nor ends${listing}${words}`
  return `${who} ended with exit ${String(exit)}${listing}${words}`
}

/** What became of the members, in one sentence. */
export function formText({ members, unanswered }: SeenForm): string {
  const words = members.map(({ name, started, exit, listed, announced, readThrough }) => {
    if (exit !== undefined) return `${name} ended with exit ${String(exit)}`
    if (!started) return `${name} does not serve`
    const others = readThrough.length === 0 ? 'nobody' : readThrough.join(' and ')
    const as = listed.length === 0 ? 'is not listed' : `is listed${otherwise(listed, announced)}`
    return `${name} serves, ${as}, its key is read through ${others}`
  })
  if (unanswered !== undefined) words.push(`nobody could be asked: ${short(unanswered)}`)
  return words.join('; ')
}

/** How it is listed, where it announces itself otherwise. */
const otherwise = (listed: readonly string[], announced = listed): string =>
  listed.toSorted().join() === announced.toSorted().join()
    ? ''
    : ` with ${listed.join(' and ')} instead of ${announced.join(' and ')}`

export function dialText({ certificate, serverName, version, inClear }: SeenDial): string {
  const clear = inClear === undefined ? [] : [`sent in clear ${short(inClear, 80)}`]
  const shown =
    certificate === undefined
      ? 'showed no certificate'
      : `showed ${certificate.subject} (${certificate.serial})`
  const tls = [shown, serverName === undefined ? 'no server name' : `for ${serverName}`]
  const handshake = version !== undefined || certificate !== undefined || inClear === undefined
  return `the member dialled and ${[...clear, ...(handshake ? tls : [])].join(', ')}`
}
