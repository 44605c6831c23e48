import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ledgers } from '../../fixtures/ledgers/ledgers.ts'
import { annotate } from '../../reports/index.ts'
import { sampleResults } from '../../reports/testing/sample-results.ts'
import { match } from '../page/match.ts'
import { page } from './page-action.ts'
import { readingOf } from './page-reading.ts'

let folder = ''
const at = (name: string): string => join(folder, name)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'etcd-tls-page-'))
  await writeFile(at('page.html'), '<h1>Basic setup</h1><p>Nobody wrote this about any door.</p>')
  await writeFile(at('results.json'), JSON.stringify(sampleResults()))
  await writeFile(at('other.json'), JSON.stringify({ format: 'limbo' }))
  await writeFile(at('picture.png'), Buffer.from([0x89, 0x50, 0, 0, 1]))
})
afterAll(() => rm(folder, { recursive: true }))

const refused = (file: string, options: Parameters<typeof page>[1]) =>
  page(file, options).then(
    () => 'no error',
    (error: unknown) =>
      (error as Error & { exit: number }).message + ` [${String((error as { exit: number }).exit)}]`,
  )

describe('what `page` cannot use is told in a sentence, exit 2', () => {
  test.each([
    ['a file that is not there', 'nowhere.html', 'results.json', undefined, 'There is no file '],
    ['a folder', '.', 'results.json', undefined, 'is no file'],
    ['a picture', 'picture.png', 'results.json', undefined, 'is not a page'],
    ['another page', 'page.html', 'results.json', undefined, 'is none of the pages'],
    ['an unknown id', 'page.html', 'results.json', 'secruity', '--page secruity'],
    ['no results', 'page.html', 'none.json', 'security', 'there is no such file'],
    ['results of another format', 'page.html', 'other.json', 'security', 'holds no results of etcd-tls'],
  ])('%s', async (_, file, results, id, said) => {
    const told = await refused(at(file), { results: at(results), ...(id !== undefined && { page: id }) })
    expect(told).toContain(said)
    expect(told).toContain('[2]')
    expect(told).not.toContain('\n')
  })
})

describe('a page that is named', () => {
  test('is printed although no sentence of it is known; without any verdict it is 3', async () => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    const exit = await page(at('page.html'), { results: folder, page: 'security', html: at('out.html') })
    // Lines are folded, and where depends on how long this run's folder is called.
    const text = write.mock.calls.map(([said]) => String(said).replaceAll(/\s+/g, ' ')).join('')
    write.mockRestore()
    expect(exit).toBe(3)
    expect(text).toContain('Nobody wrote this about any door.')
    expect(text).toContain(`${String(ledgers.security.sentences.length)} missing`)
  })

  test('every promise of a ledger is looked up among the claims of its own page', () => {
    const [first] = ledgers.security.sentences
    if (first === undefined) throw new Error('the ledger is empty')
    const results = sampleResults()
    const [claim] = results.claims
    if (claim === undefined) throw new Error('the sample has no claim')
    const citing = { ...claim, cites: [first.print] }
    const seen = {
      sentences: [{ kind: 'known', heading: '', text: 'a sentence', entry: first }],
      missing: [],
    } as const
    const told = (claims: typeof results.claims) =>
      annotate(readingOf('page.md', 'A page', ledgers.security, seen, claims), { ...results, claims })
        .sentences[0]?.verdicts.length
    expect(told([citing])).toBeGreaterThan(0)
    expect(told([{ ...citing, page: 'security-v2' }])).toBe(0)
    expect(match([], ledgers.security).missing).toHaveLength(ledgers.security.sentences.length)
  })
})
