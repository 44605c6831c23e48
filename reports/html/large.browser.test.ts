import { describe, expect, test } from 'vitest'
import type { ClaimRecord } from '../schema.ts'
import { cellHash, inChromium, missing, openedReport, openPanel } from '../testing/opened-report.ts'
import { sampleResult, sampleSubject } from '../testing/sample-parts.ts'
import { sampleResults } from '../testing/sample-results.ts'
import { html } from './html-report.ts'

const builds = Array.from({ length: 10 }, (_, n) => `3.${String(n)}.0`)
const claimOf = (n: number): ClaimRecord => {
  const section = `security/section-${String(n % 25)}`
  const id = `${section}/claim-${String(n)}`
  const cells = Array.from({ length: 5 }, (_, at) => ({ id: `${id}:n=${String(at)}`, at: { n: String(at) } }))
  return { ...{ id, page: 'security', section, says: `Promise ${String(n)}.`, cites: [] }, cells }
}

/** 200 claims of 5 cells on 10 subjects. */
function tenThousand(): string {
  const claims = Array.from({ length: 200 }, (_, n) => claimOf(n))
  const subjects = builds.map(sampleSubject)
  const results = subjects.flatMap(({ name }, s) =>
    claims.flatMap(({ cells }) =>
      cells.map(({ id }) => sampleResult(id, name, { seen: `seen by ${id} on build number ${String(s)}` })),
    ),
  )
  const sample = sampleResults(builds)
  return html({ ...sample, claims, subjects, results, sections: [] })
}

describe.skipIf(missing !== false)(`10,000 cells ${inChromium}`, () => {
  const report = openedReport(tenThousand)
  const count = `window.unpacked = 0
    window.DecompressionStream = class extends DecompressionStream { constructor(...a) { super(...a); window.unpacked++ } }`

  test('little is made of what is not on the screen, and nothing is unpacked but what is asked for', async () => {
    const page = await report.show('', {}, {}, (fresh) => fresh.addInitScript(count))
    expect(await page.locator('tr.claim').count()).toBe(200)
    expect(await page.evaluate('document.querySelectorAll("*").length')).toBeLessThan(12_000)
    const skipped = `[...document.querySelectorAll('#matrix tbody')].filter((one) => !one.checkVisibility({ contentVisibilityAuto: true }) || getComputedStyle(one).contentVisibility === 'auto').length`
    expect(await page.evaluate(skipped)).toBe(25)
    await page.locator('#search').fill('claim-199')
    expect(await page.locator('tr.claim:visible').count()).toBe(1)
    expect(await page.evaluate('window.unpacked')).toBe(0)
    await page.goto(
      `${page.url().replace(/#.*/, '')}${cellHash('security/section-7/claim-7:n=3', '3.9.0@module+go1.26.10')}`,
    )
    expect(await (await openPanel(page)).innerText()).toContain(
      'seen by security/section-7/claim-7:n=3 on build number 9',
    )
    expect(await page.evaluate('window.unpacked')).toBeLessThan(10)
    expect(await page.locator('script.records').count()).toBeGreaterThan(50)
  })

  test('every cell is there and is its own', async () => {
    const page = await report.show()
    const keys =
      "[...document.querySelectorAll('script.records')].flatMap((one) => one.dataset.keys.split(' '))"
    const found = await page.evaluate<string[]>(keys)
    expect(found).toHaveLength(10_000)
    expect(new Set(found).size).toBe(10_000)
  })
})
