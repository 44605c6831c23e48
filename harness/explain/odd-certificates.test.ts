import { describe, expect, test } from 'vitest'
import { readCertificate } from './certificate.ts'
import { verdictOf } from './explanation.ts'
import { commonNamesIn } from './name-value.ts'
import { unreadable } from './readable/readable.ts'
import { oddities } from './testing/oddities.ts'
import type { Minted } from './testing/minted.ts'
import { verificationChecks } from './verification.ts'
import { goSays, older, releases, verdicts } from './testing/go-verdicts.ts'

const read = ({ der }: Minted) => readCertificate(der)
function weSay(name: string, go: string): string {
  const oddity = oddities[name]
  if (oddity === undefined) throw new Error(`${name} is no oddity`)
  let chain, roots
  try {
    chain = oddity.chain.map(read)
    roots = oddity.roots.map(read)
  } catch {
    return 'not read'
  }
  const flaws = roots.map((one) => unreadable(one, go)).filter((one) => one !== undefined)
  if (flaws.some(({ open }) => open !== true)) return 'no'
  const [leaf, ...sent] = chain
  if (leaf === undefined) throw new Error(`${name} has no leaf`)
  const usage = oddity.host === undefined ? 'clientAuth' : 'serverAuth'
  const input = { leaf, sent, roots, usage, host: oddity.host, now: new Date(), go } as const
  // What TLS asks of the sizes of keys is not crypto/x509's.
  const checks = verificationChecks(input).filter(({ why }) => !/ key .* too (short|long) for /.test(why))
  const verdict = verdictOf(checks)
  if (verdict === 'refused') return 'no'
  if (verdict === 'cannot tell' || flaws.length > 0) return 'open'
  const cn = commonNamesIn(leaf, go).at(-1) ?? ''
  return cn === 'leaf' ? 'yes' : `yes ${cn}`
}

describe.each([...releases, older])('Go %s', (go) => {
  test('what is said of odd certificates is what it does', () => {
    const wrong = Object.keys(oddities)
      .map((name) => [name, goSays(name, go), weSay(name, go)] as const)
      .filter(([, go, we]) => we !== 'open' && (we === 'not read' ? go !== 'no' : we !== go))
    expect(wrong).toEqual([])
  })
})

test('few are left open, and no more than these by the newest Go', () => {
  const open = Object.keys(oddities).filter((name) => weSay(name, '1.26.10') === 'open')
  expect(open.length).toBeLessThan(40)
  expect(open.filter((name) => !/URI|mail address|extensions|polic|ranges/.test(name))).toEqual([])
})

test('every oddity was asked, and each answer is one of an oddity', () => {
  expect(Object.keys(verdicts).toSorted()).toEqual(Object.keys(oddities).toSorted())
})
