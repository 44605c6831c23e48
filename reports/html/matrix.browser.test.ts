import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { notSo } from '../testing/sample-claims.ts'
import { hostile } from '../testing/sample-parts.ts'
import {
  drawnText,
  inChromium,
  missing,
  openedReport,
  openPanel,
  overflow,
  views,
} from '../testing/opened-report.ts'
import { sampleClaims, sampleResults } from '../testing/sample-results.ts'
import { html } from './html-report.ts'

const builds = ['3.7.3', '3.6.16', '3.5.35', '3.4.25']
const failing = 'security/host-whitelist/unlisted-name-is-refused'
const claims = sampleClaims.length
const rows = (page: Page) => page.locator('tr.claim:visible')

describe.skipIf(missing !== false)(`the matrix ${inChromium}`, () => {
  const report = openedReport(() => html(sampleResults(builds)))

  describe.each(views)('$name', (view) => {
    test('every claim, every subject', async () => {
      const page = await report.show('', view)
      expect(await rows(page).count()).toBe(claims)
      expect(await page.locator('tr.claim:visible button').count()).toBe(claims * builds.length)
      const row = page.locator('tr.claim', { hasText: 'unlisted-name-is-refused' })
      expect(await row.getByRole('button').first().textContent()).toBe('fail')
      expect(await row.getByRole('button').nth(1).textContent()).toBe('pass')
      expect(await overflow(page)).toBe(0)
    })

    test('filter by verdict, search by id, and back to everything; the address has it', async () => {
      const page = await report.show('', view)
      const shown = page.locator('#shown')
      await page.locator('[data-filter="fail"]').click()
      expect(await rows(page).count()).toBe(2)
      expect(await shown.innerText()).toBe('2 claims')
      await page.locator('[data-filter="known"]').click()
      expect(await rows(page).count()).toBe(3)
      await page.locator('#search').fill('host-whitelist')
      expect(await rows(page).count()).toBe(1)
      expect(await page.evaluate('location.hash')).toBe(
        '#q=host-whitelist&only=fail%2Cknown'.replace('%2C', ','),
      )
      await page.locator('#search').fill('nothing has this id')
      expect(await rows(page).count()).toBe(0)
      await page.locator('#reset').click()
      expect(await rows(page).count()).toBe(claims)
      expect(await page.evaluate('location.hash')).toBe('')
      await page.locator('#search').fill('tls=1.3')
      expect(await rows(page).count()).toBe(2)
    })
  })

  test('a search and filters that were shared are shown', async () => {
    const page = await report.show('#q=whitelist&only=fail')
    expect(await rows(page).count()).toBe(1)
    expect(await page.locator('#search').inputValue()).toBe('whitelist')
    expect(await page.locator('[aria-pressed=true]').getAttribute('data-filter')).toBe('fail')
  })

  test('what is broken and what is documented, but not so, leads to its cells', async () => {
    const page = await report.show()
    const broken = page.locator('.broken')
    expect(await broken.innerText()).toContain(failing)
    await broken.getByRole('link', { name: '3.7.3', exact: false }).first().click()
    expect(await (await openPanel(page)).locator('h2').innerText()).toMatch(/fail|drift|inconclusive|stale/)
    await page.locator('#close').click()
    const list = page.locator('.not-so')
    expect(await list.innerText()).toContain('Documented, but not so: 1 promise')
    expect(await list.innerText()).toContain(hostile.image)
    await list.getByRole('link', { name: builds[1] ?? '' }).click()
    expect(await (await openPanel(page)).locator('h2').innerText()).toContain(notSo)
  })

  test('without JavaScript: the summary and every verdict, as words', async () => {
    const page = await report.show('', {}, { javaScriptEnabled: false })
    const text = await page.locator('body').innerText()
    expect(text).toContain('Broken, or not found out')
    expect(text).toContain('Documented, but not so')
    expect(text).toContain('Without JavaScript')
    expect(await page.locator('tr.claim td:visible').count()).toBe(claims * builds.length)
    const row = page.locator('tr.claim', { hasText: 'unlisted-name-is-refused' })
    expect(await drawnText(row)).toMatch(/fail\s+pass/)
    expect(await page.locator('#search:visible, .chip:visible').count()).toBe(0)
  })

  test('what is broken leads to the claim over the versions, too', async () => {
    const page = await report.show()
    await page.locator('.broken').getByRole('link', { name: failing }).click()
    const panel = await openPanel(page)
    expect(await panel.locator('.history tbody a').count()).toBe(builds.length)
  })
})

describe.skipIf(missing !== false)(`many subjects ${inChromium}`, () => {
  const many = Array.from({ length: 30 }, (_, n) => `3.${String(Math.floor(n / 10))}.${String(n % 10)}`)
  const report = openedReport(() => html(sampleResults(many)))

  test.each(views)('$name: narrow columns in a frame of their own, heads in sight', async (view) => {
    const page = await report.show('', view)
    expect(await overflow(page)).toBe(0)
    const inFrame =
      "(() => { const f = document.getElementById('matrix-frame'); return f.scrollHeight > f.clientHeight })()"
    expect(await page.evaluate(inFrame)).toBe(true)
    const last = page.locator('tr.claim').last().locator('button').last()
    await last.scrollIntoViewIfNeeded()
    // At one moment: sections that come into sight get their real height, and the page moves with them.
    const at = `(() => {
      const box = (selector) => [...document.querySelectorAll(selector)].at(-1).getBoundingClientRect()
      const [frame, head, cell] = ['#matrix-frame', '#matrix thead th', 'tr.claim td'].map(box)
      return { beside: Math.abs(head.x - cell.x), below: box('#matrix thead').y - frame.y, above: cell.y - head.bottom }
    })()`
    const { beside, below, above } = await page.evaluate<Record<'beside' | 'below' | 'above', number>>(at)
    expect(beside).toBeLessThan(2)
    expect(Math.abs(below)).toBeLessThan(3)
    expect(above).toBeGreaterThanOrEqual(0)
  })
})
