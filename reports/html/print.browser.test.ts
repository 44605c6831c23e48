import { describe, expect, test } from 'vitest'
import { cellHash, inChromium, missing, openedReport, openPanel } from '../testing/opened-report.ts'
import { sampleClaims, sampleResults } from '../testing/sample-results.ts'
import { html } from './html-report.ts'

const failing = 'security/host-whitelist/unlisted-name-is-refused'

describe.skipIf(missing !== false)(`on paper ${inChromium}`, () => {
  const report = openedReport(() => html(sampleResults(['3.7.3', '3.6.16'])))

  test('summary and matrix: all that is folded, a head for every page, no controls, and light', async () => {
    const page = await report.show('', { colorScheme: 'dark' })
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    await page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(await page.locator('details:not([open])').count()).toBe(0)
    expect(await page.locator('tr.claim:visible').count()).toBe(sampleClaims.length)
    expect(await page.evaluate("getComputedStyle(document.querySelector('#matrix thead')).display")).toBe(
      'table-header-group',
    )
    expect(await page.locator('.toolbar:visible, .views:visible, .tools:visible').count()).toBe(0)
    expect(await page.evaluate("getComputedStyle(document.querySelector('h1')).color")).toBe(
      'rgb(24, 32, 43)',
    )
    await page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(await page.locator('details:not([open])').count()).toBeGreaterThan(0)
  })

  test('a cell that is open is what is printed, over several pages', async () => {
    const page = await report.show(cellHash(failing, '3.7.3@module+go1.26.10'))
    await openPanel(page)
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1')
    expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(1)
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('main:visible').count()).toBe(0)
    const cut =
      "(() => { const b = document.getElementById('panel-body'); return b.scrollHeight - b.clientHeight })()"
    expect(await page.evaluate(cut)).toBe(0)
  })
})
