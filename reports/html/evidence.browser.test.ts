import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { dials, forms, joins, reloads } from '../testing/sample-claims.ts'
import { hostile } from '../testing/sample-parts.ts'
import {
  cellHash,
  inChromium,
  missing,
  openedReport,
  openPanel,
  overflow,
  views,
} from '../testing/opened-report.ts'
import type { View } from '../testing/opened-report.ts'
import { sampleResults } from '../testing/sample-results.ts'
import { html } from './html-report.ts'

const failing = 'security/host-whitelist/unlisted-name-is-refused'
const first = '3.7.3@module+go1.26.10'

describe.skipIf(missing !== false)(`the evidence ${inChromium}`, () => {
  const report = openedReport(() => html(sampleResults(['3.7.3', '3.6.16'])))
  const opened = async (cell: string, view?: View): Promise<[Page, ReturnType<Page['locator']>]> => {
    const page = await report.show(cellHash(cell, first), view)
    return [page, await openPanel(page)]
  }

  describe.each(views)('$name', (view) => {
    test('everything of a cell, and hostile text in it is text', async () => {
      const [page, panel] = await opened(failing, view)
      const text = await panel.innerText()
      for (const part of [
        'Promised',
        'Seen',
        'Why',
        'Sequence',
        'Checks',
        'See it by hand',
        'Options',
        'Certificates',
      ])
        expect(text.toLowerCase()).toContain(part.toLowerCase())
      expect(text).toContain(`HTTP 200 ${hostile.script}`)
      expect(text).toContain(hostile.image)
      expect(text).toContain('\\x1b[2J\\x1b]0;owned\\x07 pass\\rall good\\x9b31m')
      expect(text).not.toMatch(/\bundefined\b|\bfalse\b|\[object/)
      expect(await page.locator('img, iframe, object, embed').count()).toBe(0)
      expect(await page.locator('script:not([type])').count()).toBe(1)
      expect(await overflow(page)).toBe(0)
      const inside =
        "(() => { const b = document.getElementById('panel-body'); return b.scrollWidth - b.clientWidth })()"
      expect(await page.evaluate(inside)).toBe(0)
    })

    test('a timeline: rows of lanes, and what each certificate is', async () => {
      const [page, panel] = await opened(reloads, view)
      const lanes = panel.locator('table.timeline')
      expect(await lanes.innerText()).toMatch(
        /0 ms[\s\S]+files: cert-file and key-file of m1 overwritten in place[\s\S]+3\.2 s/,
      )
      const marks = ['A', 'A', 'B', 'B', 'A', 'B'].map((mark) => expect.stringContaining(mark) as string)
      expect(await lanes.locator('.certificate').allInnerTexts()).toEqual(marks)
      const colours = await page.evaluate(
        "[...document.querySelectorAll('#panel .timeline .certificate')].map((one) => getComputedStyle(one).borderTopColor)",
      )
      expect(new Set(colours as string[]).size).toBe(2)
      expect(await panel.locator('.legend').innerText()).toContain(`CN=second pair ${hostile.image}`)
      await lanes.getByText('What was seen').first().click()
      expect(await lanes.innerText()).toContain('GET https://m1.etcd.local:2379/version')
      expect(await page.locator('img').count()).toBe(0)
      expect(await overflow(page)).toBe(0)
    })
  })

  test('control, log lines, options and certificates of a refusal; on to its other cells', async () => {
    const page = await report.show()
    const row = page.locator('tr.claim', { hasText: 'client-cert-auth-demands-a-certificate' }).first()
    await row.getByRole('button').nth(1).click()
    const panel = await openPanel(page)
    expect(await panel.innerText()).toContain("tls: client didn't provide a certificate")
    expect(await panel.innerText()).toContain('116 certificate_required, sent by etcd')
    expect(await panel.innerText()).toContain('--cert-file=/tls/server.crt')
    expect(await panel.getByText('openssl s_client -connect').count()).toBe(1)
    await panel.getByText('server: CN=m1.etcd.local').click()
    expect(await panel.innerText()).toContain('DNS:m1.etcd.local, IP:172.29.4.2')
    await panel.getByRole('link', { name: 'certificate=none,tls=1.2' }).click()
    await panel.locator('h2', { hasText: 'certificate=none,tls=1.2' }).waitFor()
  })

  test('members and names: the join, the matrix of a cluster, a dial, the questions to the DNS', async () => {
    const textOf = async (cell: string) => (await opened(cell))[1].innerText()
    const join = await textOf(joins)
    expect(join).toContain('b, dialling from 10.138.3.2')
    expect(join).toContain(`A ${hostile.image} no answer asked by 10.138.3.1`)
    expect(join).toContain('etcd.local: a 10.138.3.1')
    expect(join).toContain('b, 10.138.3.2, candidate')
    const formed = await textOf(forms)
    expect(formed).toMatch(/m3\s[\s\S]*not started, exit 1/)
    expect(formed).toContain('✘')
    expect(await textOf(dials)).toContain('CN=peer of m1, serial 3F2A91C7')
  })

  test('the sequence is drawn, and the same is there in words', async () => {
    const [, panel] = await opened(joins)
    const svg = panel.locator('.sequence svg')
    expect(await svg.first().getAttribute('aria-hidden')).toBe('true')
    const drawn = (await svg.locator('text').allTextContents()).join(' ')
    expect(drawn).toContain('DNS')
    expect(drawn).toContain('✘ does not join')
    await panel.getByText('The sequence in words').click()
    const words = await panel
      .locator('.folded', { hasText: 'The sequence in words' })
      .locator('li')
      .allInnerTexts()
    expect(words.join('\n')).toMatch(/b → \S+: dials from 10\.138\.3\.2/)
    expect(words.some((line) => line.includes(`A ${hostile.image}`))).toBe(true)
    expect(await svg.locator('.note.no').count()).toBeGreaterThan(0)
  })

  test('the check that said no is drawn in etcd’s own words', async () => {
    const [, panel] = await opened(
      'security/basic-setup/client-cert-auth-demands-a-certificate:certificate=none,tls=1.3',
    )
    const notes = await panel.locator('.sequence .note.no').allTextContents()
    expect(notes.join(' ')).toMatch(/says no: tls: client didn't\s*provide\s*a\s*certificate/)
  })

  test('nothing is unpacked before it is asked for, and then only what it needs', async () => {
    const count = `window.unpacked = 0
      window.DecompressionStream = class extends DecompressionStream { constructor(...a) { super(...a); window.unpacked++ } }`
    const page = await report.show('', {}, {}, (fresh) => fresh.addInitScript(count))
    await page.locator('#search').fill('host')
    expect(await page.evaluate('window.unpacked')).toBe(0)
    const packed = await page.locator('script.records, script.texts').count()
    expect(packed).toBeGreaterThan(2)
    await page.locator('tr.claim:visible button').first().click()
    await openPanel(page)
    expect(await page.evaluate('window.unpacked')).toBeLessThan(packed)
    expect(await page.evaluate('window.unpacked')).toBeGreaterThan(0)
  })

  test('evidence that is damaged is said to be, and nothing else breaks', async () => {
    const page = await report.show()
    await page.evaluate(
      "document.querySelectorAll('script.texts').forEach((one) => (one.textContent = 'AAAA'))",
    )
    await page.locator('tr.claim button').first().click()
    expect(await (await openPanel(page)).innerText()).toContain('The evidence cannot be read')
    await page.keyboard.press('Escape')
    expect(await page.locator('dialog[open]').count()).toBe(0)
  })
})
