import { describe, expect, test } from 'vitest'
import { finderOf } from '../results-view.ts'
import { sampleClaims, sampleResults } from '../testing/sample-results.ts'
import { severityOf } from '../verdicts.ts'
import { annotate } from './annotate.ts'
import { pageHtml } from './html.ts'
import type { PagePromise, PageReading } from './reading.ts'
import { pageText } from './text.ts'

const results = sampleResults(['3.6.16'])
const find = finderOf(results)
const subject = results.subjects[0]?.name ?? ''
const ofSeverity = (low: number, high: number): string =>
  sampleClaims.find((claim) => {
    const worst = Math.max(...find(claim, subject).map(severityOf))
    return worst >= low && worst <= high
  })?.id ?? ''
const [kept, declared, broken] = [ofSeverity(1, 1), ofSeverity(2, 2), ofSeverity(6, 7)]

const promise = (n: number, claims: readonly string[], why?: string): PagePromise => ({
  where: `security/https ${String(n)}`,
  says: `promise ${String(n)}`,
  claims,
  ...(why !== undefined && { why }),
})
const hostile = '<script>alert(1)</script><img src=x onerror=alert(2)> \u001b[31m\u202eevil'
const reading: PageReading = {
  file: hostile,
  page: 'security',
  title: 'A page',
  sentences: [
    { kind: 'known', heading: 'One', text: 'The door is locked.', promise: promise(1, [kept, broken]) },
    { kind: 'known', heading: 'One', text: 'The bell rings.', promise: promise(2, [kept, declared]) },
    { kind: 'changed', heading: 'Two', text: 'The lock is shut.', promise: promise(3, [kept]) },
    { kind: 'known', heading: 'Two', text: 'Nobody tests this.', promise: promise(4, [], 'nothing can') },
    { kind: 'new', heading: 'Two', text: hostile, ledgerLine: '0123abcd 40 00ff00ff00ff00ff' },
    { kind: 'beside', heading: hostile, text: 'See the cellar.' },
  ],
  missing: [promise(5, [])],
}
const page = annotate(reading, results)
const text = pageText(page, { color: false, columns: 120 })
const html = pageHtml(page)

describe('a page, sentence by sentence', () => {
  test('the worst verdict of the claims that cite a sentence is the sentence’s', () => {
    expect([kept, declared, broken].every((id) => id !== '')).toBe(true)
    expect(page.sentences[0]?.worst?.claim).toBe(broken)
    expect(page.sentences[1]?.worst?.claim).toBe(declared)
    expect(text).toMatch(/^[✘≈] +The door is locked\.$/m)
    expect(text).toMatch(/^[✘≈]\* +The bell rings\.$/m)
    expect(text).toMatch(/^✔ +The lock is shut\.$/m)
  })

  test('a known deviation is named with what was declared', () => {
    const why = page.sentences[1]?.verdicts.find(({ claim }) => claim === declared)?.declared[0] ?? ''
    expect(why).toContain('known deviation')
    expect(text.replaceAll(/\s+/g, ' ')).toContain(why.replaceAll(/\s+/g, ' '))
  })

  test('subjects on which a claim came to the same are told in one line, others are named', () => {
    const two = sampleResults()
    const [first = '', second = ''] = two.subjects.map(({ name }) => name)
    const lines = pageText(annotate(reading, two), { color: false, columns: 200 })
    expect(lines).toMatch(new RegExp(`${kept}: pass, 3 cells$`, 'm'))
    expect(lines).toContain(` on ${first}\n`)
    expect(lines).toContain(` on ${second}\n`)
  })

  test('what is new, changed, untested and gone is said', () => {
    expect(text).toContain('changed: it was “promise 3” (security/https 3)')
    expect(text).toContain('no verdict: nothing can')
    expect(text).toContain(
      'new: the ledger has no such sentence, which would be 0123abcd 40 00ff00ff00ff00ff',
    )
    expect(text).toContain('security/https 5: promise 5')
    expect(page.counts).toEqual({ promises: 5, known: 3, changed: 1, fresh: 1, missing: 1, tested: 3 })
    expect(text.replaceAll(/\s+/g, ' ')).toContain(
      '3 of 5 promises as they were, 1 changed, 1 missing; 1 new sentence; 3 with a verdict',
    )
  })

  test('nothing of the page acts on the terminal or in the browser', () => {
    expect(text).not.toContain('\u001b')
    expect(text).not.toContain('\u202e')
    expect(html).not.toMatch(/<script|<img|javascript:/i)
    expect(html).toContain('&lt;script&gt;alert(1)')
    expect(html).toContain('default-src &#39;none&#39;; style-src &#39;sha256-')
    expect(html).not.toMatch(/<[^>]* (src|href)=/)
  })

  test('the page in HTML says the same', () => {
    for (const said of [
      'The door is locked.',
      broken,
      'promise 3',
      'no verdict: nothing can',
      'security/https 5',
    ])
      expect(html).toContain(said)
  })
})
