import { HarnessError } from '../../errors.ts'
import type { WorldSpec } from '../../scenario/world.ts'
import { zoneTexts } from '../../world/dns-zone.ts'
import type { CatalogueCell } from '../catalogue/cells.ts'
import { part } from './loose.ts'

const question = /^(A|AAAA|PTR|SRV) \S+$/i

/**
 * What keeps the DNS of a cell from answering, or its questions from being told, in words, or undefined. A misspelt
 * question among those that are never asked would be kept by every build.
 */
export function wrongNames({ given, then }: CatalogueCell['cell']): string | undefined {
  const questions = [part(then, 'asked'), part(then, 'neverAsked')]
    .flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []))
    .map(String)
  const strange = questions.find((one) => !question.test(one))
  if (strange !== undefined)
    return `"${strange}" is no question to a DNS; write A b.com, AAAA b.com, PTR 10.138.0.2 or SRV _x._tcp.b.com`
  if (questions.length > 0 && given.dns === undefined)
    return 'questions to a DNS are heard only in a world that has one; give it `dns`, {} will do'
  return wrongZone(given)
}

function wrongZone({ dns, members, clients = {} }: WorldSpec): string | undefined {
  if (dns === undefined) return undefined
  const named = (text: string) => text.replace(/^@(\w+)$/, (all, name) => (has(name) ? '10.138.0.1' : all))
  const has = (name: unknown) => String(name) in members || String(name) in clients
  try {
    zoneTexts(dns, named)
    return undefined
  } catch (error) {
    if (error instanceof HarnessError) return error.message
    throw error
  }
}
