import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { compare } from '../baseline/index.ts'
import { dials, forms, joins, reloads } from '../testing/sample-claims.ts'
import {
  cellHash,
  drawnText,
  findings,
  inChromium,
  missing,
  openedReport,
  openPanel,
  overflow,
  views,
} from '../testing/opened-report.ts'
import { hostile, sampleResult } from '../testing/sample-parts.ts'
import { sampleClaims, sampleResults } from '../testing/sample-results.ts'
import { html } from './html-report.ts'

const failing = 'security/host-whitelist/unlisted-name-is-refused'
const stepping = 'security/host-whitelist/loopback-is-always-allowed'
const builds = ['3.7.3', '3.6.16', '3.4.25']
const first = '3.7.3@module+go1.26.10'

/** With a page, a step between two builds, and a baseline in which the failing claim was kept. */
function reported(): string {
  const sample = sampleResults(builds)
  const results = sample.results.map((one, n) => ({
    ...one,
    ...(one.claim === stepping && {
      side: { is: one.subject.startsWith('3.4') ? 'before' : 'since', step: '3.5.0', present: true } as const,
    }),
    ...(n === 0 && { reused: { run: '20261121-090000-c0de', started: '2026-11-21T09:00:00.000Z' } }),
  }))
  const promises = sampleClaims.slice(0, 8).map(({ id, says }, n) => ({
    ...{ section: 'security/basic-setup', ordinal: n + 1, print: `0badc0d${String(n)}`, says, claims: [id] },
  }))
  const open = {
    ...{ section: 'security/basic-setup', ordinal: 9, print: 'feedf00d', says: hostile.image },
    claims: [],
    gap: 'later',
  }
  const claims = sample.claims.map((claim) => (claim.id === stepping ? { ...claim, since: '3.5.0' } : claim))
  const all = {
    ...sample,
    claims,
    results,
    coverage: [{ page: 'security', title: 'Transport security', promises: [...promises, open] }],
  }
  const before = {
    ...all,
    results: all.results.map((one) => (one.claim === failing ? sampleResult(one.cell, one.subject) : one)),
  }
  return html(all, compare(all, { results: before, from: 'before/results.json' }))
}

describe.skipIf(missing !== false)(`the views ${inChromium}`, () => {
  const report = openedReport(reported)

  test('a page, promise by promise, each with its verdicts and what it leads to', async () => {
    const page = await report.show()
    await page.getByRole('link', { name: 'Page: security' }).click()
    const view = page.locator('#page-view')
    expect(await page.locator('#overview').isVisible()).toBe(false)
    expect(await view.locator('h2').innerText()).toBe('Transport security')
    expect(await view.locator('.promise').count()).toBe(9)
    const text = await drawnText(view)
    for (const told of ['8 of 9 promises are tested here', '0badc0d0', 'no verdict: later', hostile.image])
      expect(text).toContain(told)
    expect(await page.locator('img').count()).toBe(0)
    expect(await view.locator('.promise').first().locator('.at').count()).toBe(builds.length)
    await view.locator('.promise').first().locator('.at').first().click()
    await openPanel(page)
    await page.keyboard.press('Escape')
    await expect.poll(() => page.evaluate('location.hash')).toBe('#page=security')
    await page.getByRole('link', { name: 'Summary and matrix' }).click()
    await page.locator('#overview').waitFor()
  })

  test('a claim over the versions: oldest first, and where the page names a release', async () => {
    const page = await report.show(`#claim=${stepping}`)
    const panel = await openPanel(page)
    const heads = await panel.locator('.history thead th').allInnerTexts()
    expect(heads.slice(1).map((text) => text.split(/\s/)[0])).toEqual(['3.4.25', '3.6.16', '3.7.3'])
    expect(heads[2]).toContain('promised from here')
    expect(await panel.locator('thead th.step').count()).toBe(1)
    expect(await panel.innerText()).toContain('The page promises it since 3.5.0.')
    expect(await panel.locator('.steps').innerText()).toMatch(/3\.4\.25 \S+ +┃ +3\.6\.16/)
    await panel.locator('.history tbody a').first().click()
    expect(await (await openPanel(page)).locator('#panel-says').innerText()).toContain('3.4.25')
  })

  test('what changed since the baseline: in the summary, as a filter, in the cell and in its claim', async () => {
    const page = await report.show()
    const list = page.locator('.list.baseline')
    expect(await list.innerText()).toContain('before/results.json')
    expect(await list.innerText()).toContain('regressed')
    await page.locator('[data-filter="regressed"]').click()
    expect(await page.locator('tr.claim:visible').count()).toBe(1)
    await list.getByRole('link', { name: first }).first().click()
    expect(await (await openPanel(page)).innerText()).toContain('Since the baseline: regressed, it was pass')
    await page.keyboard.press('c')
    await page.locator('#panel .history').waitFor()
    expect(await page.locator('#panel').innerText()).toMatch(/regressed, worse: it was pass/)
  })

  test('what was reused says so', async () => {
    const page = await report.show()
    await page.locator('[data-filter="reused"]').click()
    await page.locator('tr.claim:visible button:not(.dim *)').first().click()
    const panel = await openPanel(page)
    await panel.getByRole('link', { name: 'config-file' }).click()
    await panel.locator('h2', { hasText: 'config-file' }).waitFor()
    expect(await (await openPanel(page)).innerText()).toContain('but in run 20261121-090000-c0de')
  })

  test('axe finds what is wrong: a field without a name, and text that is hard to read', async () => {
    const page = await report.show()
    await page.evaluate(`{
      document.querySelector('main').insertAdjacentHTML('beforeend', '<input type="text"><p>hard to read</p>')
      Object.assign(document.querySelector('main').lastChild.style, { color: '#bbb', background: '#fff' })
    }`)
    expect((await findings(page)).map((one) => one.split(':')[0])).toEqual(['color-contrast', 'label'])
  })

  describe.each([...views, { ...views[2], name: 'phone, dark', colorScheme: 'dark' as const }])(
    '$name',
    (view) => {
      const hashes = {
        'the matrix': '',
        'a filtered matrix': '#q=whitelist&only=fail',
        'a page': '#page=security',
        'a claim': `#claim=${stepping}`,
        ...Object.fromEntries(
          [joins, forms, dials, reloads, failing].map((cell) => [cell, cellHash(cell, first)]),
        ),
      }
      test.each(Object.entries(hashes))('axe finds nothing in %s', async (_, hash) => {
        const page = await report.show(hash, view)
        if (/cell=|claim=/.test(hash)) await openPanel(page)
        await unfold(page)
        expect(await findings(page)).toEqual([])
        expect(await overflow(page)).toBe(0)
      })

      test('axe finds nothing in the list of keys', async () => {
        const page = await report.show('', view)
        await page.keyboard.press('?')
        expect(await findings(page)).toEqual([])
      })
    },
  )
})

const unfold = (page: Page) =>
  page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
