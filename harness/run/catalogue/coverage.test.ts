import { describe, expect, test } from 'vitest'
import { ledgers } from '../../../fixtures/ledgers/ledgers.ts'
import { pages, type PageId } from '../../../fixtures/pages.ts'
import { cellsOf } from './cells.ts'
import { loadCatalogue } from './catalogue.ts'
import { coverage, coveredBy } from './coverage.ts'
import { claimRecord } from './records.ts'

const scenarios = await loadCatalogue()
const claims = [
  ...Map.groupBy(
    scenarios.flatMap((scenario) => cellsOf(scenario)),
    ({ claimId }) => claimId,
  ).values(),
].map(claimRecord)

describe('the claims and the ledgers', () => {
  test('every fingerprint that a claim cites is in the ledger of its page', () => {
    const unknown = claims.flatMap(({ id, page, cites }) => {
      const prints = new Set(ledgers[page as PageId].sentences.map(({ print }) => print))
      return cites.filter((print) => !prints.has(print)).map((print) => `${id} cites ${print}`)
    })
    expect(unknown).toEqual([])
  })

  test('every claim says which sentences it is from, or what the page leaves open', () => {
    expect(
      claims.filter(({ cites, open }) => cites.length === 0 && open === undefined).map(({ id }) => id),
    ).toEqual([])
  })

  test('every promise that can be covered has a claim, or a reason why it has none', () => {
    const open = coverage(claims, true).flatMap(({ promises }) =>
      promises
        .filter((one) => one.claims.length === 0 && one.uncoverable === undefined && one.gap === undefined)
        .map(({ section, ordinal, print, says }) => `${section} ${String(ordinal)} ${print} ${says}`),
    )
    expect(open).toEqual([])
  })

  test('a promise that has a claim is not listed as one that has none', () => {
    const stale = coverage(claims, true).flatMap(({ promises }) =>
      promises
        .filter((one) => one.claims.length > 0 && (one.uncoverable ?? one.gap) !== undefined)
        .map(({ print, claims: by }) => `${print} is covered by ${by.join(', ')}`),
    )
    expect(stale).toEqual([])
  })

  test('every sentence of a ledger belongs to a section of its page', () => {
    for (const [page, { sentences }] of Object.entries(ledgers))
      for (const { section } of sentences)
        expect(Object.keys(pages[page as PageId].sections)).toContain(section)
  })
})

describe('coverage', () => {
  const twice = ['a', 'b'].map((section) => ({
    section,
    ordinal: 1,
    print: '0123abcd',
    length: 20,
    sketch: '0'.repeat(16),
    says: 'the same command, with another outcome',
  }))
  const claim = (section: string) => ({
    id: `page/${section}/slug`,
    page: 'page',
    section: `page/${section}`,
    cites: ['0123abcd'],
  })

  test('a sentence that stands in two sections is covered by claims of its own section', () => {
    const [first, second] = twice
    if (first === undefined || second === undefined) throw new Error('two sentences')
    expect(coveredBy(first, [claim('b')], twice)).toEqual([])
    expect(coveredBy(second, [claim('b')], twice)).toEqual(['page/b/slug'])
  })

  test('a sentence that stands once is covered by a claim of any section', () => {
    const [first] = twice
    if (first === undefined) throw new Error('a sentence')
    expect(coveredBy(first, [claim('b')], [first])).toEqual(['page/b/slug'])
  })

  test('a run of one section is measured by that section', () => {
    const [only, ...others] = coverage(
      claims.filter(({ section }) => section === 'security/https'),
      false,
    )
    expect(others).toEqual([])
    expect(new Set(only?.promises.map(({ section }) => section))).toEqual(new Set(['security/https']))
  })
})
