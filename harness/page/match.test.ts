import { describe, expect, test } from 'vitest'
import { ledger } from '../../fixtures/ledgers/ledger.ts'
import { fingerprint, normalised } from './fingerprint.ts'
import { match } from './match.ts'
import { readText } from './read-text.ts'
import { sentencesOf } from './sentences.ts'
import { sketch } from './sketch.ts'

const page = [
  'The door of the house is locked with a key by its owner.',
  'Without that key nobody comes in through the front door.',
  'The bell rings when the handle of the door is pressed twice.',
  'A lock that is broken can be replaced while the house is lived in.',
]
const besides = 'Tests can be found in the cellar of the house.'

const row = (text: string, n: number): string =>
  `  ${fingerprint(text)} ${String(normalised(text).length)} ${sketch(text)}  promise ${String(n + 1)}`
const own = ledger('house', `\ndoors\n${page.map(row).join('\n')}\n`, `\n  link ${fingerprint(besides)}\n`)
const read = (text: string) => match(sentencesOf(readText(text, new Set())), own)
const told = (text: string) => read(text).sentences.map(({ kind, entry }) => [kind, entry?.ordinal])

describe('a page against its ledger', () => {
  test('as it was', () => {
    const { sentences, missing } = read([...page, besides].join(' '))
    expect(sentences.map(({ kind }) => kind)).toEqual(['known', 'known', 'known', 'known', 'beside'])
    expect(sentences.map(({ entry }) => entry?.says)).toEqual([
      'promise 1',
      'promise 2',
      'promise 3',
      'promise 4',
      undefined,
    ])
    expect(missing).toEqual([])
  })

  test('a sentence that was edited is told apart from a new one, and from which it came', () => {
    const [first = '', second = '', third = '', fourth = ''] = page
    const edited = third.replace('twice', 'once')
    expect(
      told(
        [first, second, edited, 'Nothing of the kind was ever said before in any edition.', fourth].join(' '),
      ),
    ).toEqual([
      ['known', 1],
      ['known', 2],
      ['changed', 3],
      ['new', undefined],
      ['known', 4],
    ])
  })

  test('a sentence that is gone is missing', () => {
    const { sentences, missing } = read(page.slice(0, 3).join(' '))
    expect(sentences).toHaveLength(3)
    expect(missing.map(({ says }) => says)).toEqual(['promise 4'])
  })

  test('sentences that ran together are found inside', () => {
    const glued = `${page.slice(0, 2).join('')}And then ${page[2]?.toLowerCase() ?? ''}`
    const { sentences } = read(`${glued} ${page[3] ?? ''}`)
    expect(sentences.map(({ kind, entry }) => [kind, entry?.ordinal])).toContainEqual(['known', 1])
    expect(sentences.map(({ kind, entry }) => [kind, entry?.ordinal])).toContainEqual(['known', 2])
    expect(
      sentences
        .map(({ text }) => text)
        .join('')
        .replaceAll(/\s/g, ''),
    ).toBe(`${glued}${page[3] ?? ''}`.replaceAll(/\s/g, ''))
  })

  test('a sentence that stands twice takes each entry once', () => {
    const [first = ''] = page
    const twice = ledger('house', `\na\n${row(first, 0)}\nb\n${row(first, 1)}\n`, '')
    const { sentences, missing } = match(sentencesOf(readText(`${first} ${first}`, new Set())), twice)
    expect(sentences.map(({ entry }) => entry?.section)).toEqual(['a', 'b'])
    expect(missing).toEqual([])
  })

  test('a broken line of a ledger is named', () => {
    expect(() => ledger('house', '\ndoors\n  nothing of a fingerprint\n', '')).toThrow(
      'The ledger of house has a broken line:   nothing of a fingerprint',
    )
  })
})
