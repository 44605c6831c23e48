import { shaped, type AltName, type Shape, type Shaped } from '../../../fixtures/pki/shaped.ts'
import { readCertificate, type Certificate } from '../certificate.ts'
import { explain } from '../explain.ts'
import type { Check, Explanation } from '../explanation.ts'
import type { Question } from '../question.ts'
import { recordOf, resolverOf, type Resolver } from '../resolver.ts'

export const now = new Date()
export const authority: Shape = {
  cn: ['root'],
  basic: { authority: true },
  keyUsage: [5, 6],
  notAfter: '+9d',
  notBefore: '-9d',
}
export const root = shaped(authority, now)
export const good: Shape = { cn: ['client'], usages: ['clientAuth', 'serverAuth'] }
export const made = (shape: Shape, issuer = root, ...sent: Shaped[]): Certificate[] =>
  [shaped(shape, now, issuer), ...sent].map(({ der }) => readCertificate(der))

export const ca = [readCertificate(root.der)]
export const build = { etcd: '3.6.16', go: '1.26.10' }
export const told = (question: Partial<Question>): Explanation => explain({ build, now, ca, ...question })
export const checksOf = (found: Explanation, at = 0): readonly Check[] => found.judgements[at]?.checks ?? []
export const deciding = (found: Explanation, at = 0): string | undefined =>
  checksOf(found, at).find(({ decides }) => decides === true)?.id
export const markOf = (found: Explanation, id: Check['id'], at = 0): string | undefined =>
  checksOf(found, at).find((check) => check.id === id)?.mark

export const dns = (...values: string[]): AltName[] =>
  values.map((value) => ({ kind: 'dns' as const, value }))
export const ip = (...values: string[]): AltName[] => values.map((value) => ({ kind: 'ip' as const, value }))
export const zone = (...records: string[]): Resolver =>
  resolverOf(records.map(recordOf).filter((one) => one !== undefined))
