import { describe, expect, test } from 'vitest'
import { etcd, http, scenario, served, type Claim } from '../../scenario/index.ts'
import { cellsOf } from './cells.ts'
import { checkGlobs, onlyIds } from './only.ts'

const claim: Claim = {
  says: 'a',
  given: etcd({ options: {} }),
  when: http({ scheme: 'http', path: '/' }),
  then: served(),
}
const cell = (claimId: string, at = '') => ({ claimId, cellId: `${claimId}${at}` })
const cells = [
  cell('security/host-whitelist/several-names', ':host=a.b,tls=1.2'),
  cell('security/host-whitelist/letter-case'),
  cell('security/hosts/other'),
  cell('security-v2/host-whitelist/several-names'),
]
const chosen = (...globs: string[]) => cells.filter(onlyIds(globs)).map((one) => cells.indexOf(one))

describe('--only', () => {
  test.each([
    ['nothing', [], [0, 1, 2, 3]],
    ['a page', ['security'], [0, 1, 2]],
    ['a section', ['security/host-whitelist'], [0, 1]],
    ['a claim, for all its cells', ['security/host-whitelist/several-names'], [0]],
    ['a cell', ['security/host-whitelist/several-names:host=a.b,tls=1.2'], [0]],
    ['a dot, which is a dot', ['security/host-whitelist/several-names:host=aXb,tls=1.2'], []],
    ['a star within a part', ['security/*/other'], [2]],
    ['a star, which is no slash', ['security*other'], []],
    ['two stars over parts', ['**/several-names'], [0, 3]],
    ['a question mark', ['security/host?'], [2]],
    ['a part of a word', ['host-whitelist'], []],
    ['an axis', ['**tls=1.2'], [0]],
    ['brackets, which are themselves', ['security/[h]osts'], []],
    ['several', ['security/hosts', 'security-v2'], [2, 3]],
  ])('takes %s', (_, globs, expected) => {
    expect(chosen(...globs)).toEqual(expected)
  })

  test('names the first glob that matches nothing', () => {
    const all = cellsOf(scenario('security/hosts', { heading: 'a', claims: { other: claim } }))
    const check =
      (...globs: string[]) =>
      () =>
        checkGlobs(globs, all)
    expect(check('security', 'security/hosts')).not.toThrow()
    expect(check('security', 'nothing', 'else')).toThrow(/^--only nothing matches no cell/)
    expect(check('security/hosst')).toThrow(
      /matches no cell; the nearest is "security\/hosts"; `etcd-tls list`/,
    )
    expect(check('hosts')).toThrow(/matches no cell; the nearest is "security\/hosts"/)
    expect(check('nothing')).toThrow(expect.objectContaining({ code: 'nothing-matches', exit: 2 }) as Error)
  })
})
