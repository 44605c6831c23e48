import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { findChromium, launchChromium } from '../testing/chromium.ts'
import { dials, forms, joins, notSo, reloads } from '../testing/sample-claims.ts'
import { hostile } from '../testing/sample-parts.ts'
import { sampleClaims, sampleResults } from '../testing/sample-results.ts'
import { html } from './html-report.ts'

const executablePath = findChromium()
const missing =
  executablePath === undefined &&
  'there is no Chromium here: install the package chromium, or name one with CHROMIUM'
if (missing !== false && process.env['CI'] === 'true') {
  test('a browser is there', () => expect.fail(missing))
}

const claims = sampleClaims.length
const builds = ['3.7.3', '3.6.16', '3.5.35', '3.4.25']
const failing = 'security/host-whitelist/unlisted-name-is-refused'
const views = [
  { name: 'desktop', width: 1280, height: 900, colorScheme: 'light' },
  { name: 'desktop, dark', width: 1280, height: 900, colorScheme: 'dark' },
  { name: 'phone', width: 390, height: 844, colorScheme: 'light' },
] as const

describe.skipIf(missing !== false)(
  missing === false ? 'in Chromium' : `in Chromium (skipped: ${missing})`,
  () => {
    let browser: Browser
    let folder = ''
    let address = ''
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'etcd-tls-html-'))
      await writeFile(join(folder, 'report.html'), html(sampleResults(builds)))
      address = pathToFileURL(join(folder, 'report.html')).href
      browser = await launchChromium(executablePath)
    })
    afterAll(async () => {
      await browser.close()
      await rm(folder, { recursive: true })
    })

    describe.each(views)('$name', ({ width, height, colorScheme }) => {
      const open: Page[] = []
      const complaints: string[] = []
      const requests: string[] = []

      async function show(hash = ''): Promise<Page> {
        const context = await browser.newContext({ viewport: { width, height }, colorScheme })
        const page = await context.newPage()
        open.push(page)
        page.on('console', (message) => complaints.push(message.text()))
        page.on('pageerror', (error) => complaints.push(error.message))
        page.on('dialog', (dialog) => {
          complaints.push(`dialog ${dialog.message()}`)
          void dialog.dismiss()
        })
        page.on('request', (request) => requests.push(request.url()))
        await page.goto(address + hash)
        return page
      }
      afterEach(async () => {
        await Promise.all(open.splice(0).map((page) => page.context().close()))
        expect(complaints.splice(0)).toEqual([])
        for (const request of requests.splice(0)) expect(request.replace(/#.*/, '')).toBe(address)
      })

      const rows = (page: Page) => page.locator('tr.claim:visible')
      const overflow = (page: Page) =>
        page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
      const openCell = async (page: Page, cell: string, subject: number) => {
        await page.locator(`tr[data-claim="${cell}"] button[data-subject="${String(subject)}"]`).click()
        await page.locator('dialog[open]').waitFor()
      }

      test('the matrix is there: every claim, every subject', async () => {
        const page = await show()
        expect(await rows(page).count()).toBe(claims)
        expect(await page.locator('button.verdict:visible').count()).toBe(claims * builds.length)
        expect(await page.locator(`tr[data-claim="${failing}"] button`).first().innerText()).toMatch(
          /✘\s*fail/,
        )
        expect(await overflow(page)).toBe(0)
      })

      test('a cell opens with its evidence, hostile text is text', async () => {
        const page = await show()
        await openCell(page, failing, 0)
        const panel = page.locator('#panel')
        const text = await panel.innerText()
        for (const part of [
          'Promised',
          'Seen',
          'Why',
          'Checks',
          'See it by hand',
          'Probe',
          'Options',
          'Certificates',
        ]) {
          expect(text.toLowerCase()).toContain(part.toLowerCase())
        }
        expect(text).toContain(`HTTP 200 ${hostile.script}`)
        expect(text).toContain(hostile.image)
        expect(text).toContain('\\x1b[2J\\x1b]0;owned\\x07 pass\\rall good\\x9b31m')
        expect(text).not.toMatch(/\bundefined\b|\bfalse\b|\[object/)
        expect(await page.locator('img, iframe, object, embed').count()).toBe(0)
        expect(await page.locator('script').count()).toBe(2)
        expect(await overflow(page)).toBe(0)
        expect(
          await page.evaluate(
            "(() => { const b = document.getElementById('panel-body'); return b.scrollWidth - b.clientWidth })()",
          ),
        ).toBe(0)
      })

      test('control, log lines, options and certificates of a refusal', async () => {
        const page = await show()
        await openCell(page, 'security/basic-setup/client-cert-auth-demands-a-certificate', 1)
        const panel = page.locator('#panel')
        expect(await panel.innerText()).toContain("tls: client didn't provide a certificate")
        expect(await panel.innerText()).toContain('116 certificate_required, sent by etcd')
        expect(await panel.innerText()).toContain('--cert-file=/tls/server.crt')
        expect(await panel.getByText('openssl s_client -connect').count()).toBe(1)
        await panel.getByText('server: CN=m1.etcd.local').click()
        expect(await panel.innerText()).toContain('DNS:m1.etcd.local, IP:172.29.4.2')
        await panel.getByRole('link', { name: 'certificate=none,tls=1.2' }).click()
        // The address changes first, the panel follows it.
        await panel.locator('h2', { hasText: 'certificate=none,tls=1.2' }).waitFor()
      })

      test('members and names: the join, the matrix of a cluster, a dial, the questions to the DNS', async () => {
        const page = await show()
        const panel = page.locator('#panel')
        const text = async (cell: string) => {
          await openCell(page, cell, 0)
          const shown = await panel.innerText()
          expect(await overflow(page)).toBe(0)
          await page.locator('#close').click()
          return shown
        }
        const join = await text(joins)
        expect(join).toContain('b, dialling from 10.138.3.2')
        expect(join).toContain(`A ${hostile.image} no answer asked by 10.138.3.1`)
        expect(join).toContain('etcd.local: a 10.138.3.1')
        expect(join).toContain('b, 10.138.3.2, candidate')
        const formed = await text(forms)
        expect(formed).toMatch(/m3\s[\s\S]*not started, exit 1/)
        expect(formed).toContain('✘')
        expect(await text(dials)).toContain('CN=peer of m1, serial 3F2A91C7')
        expect(await page.locator('img').count()).toBe(0)
      })

      test('a timeline: rows of lanes, and what each certificate is; hostile text is text', async () => {
        const page = await show()
        await openCell(page, reloads, 0)
        const lanes = page.locator('#panel table.timeline')
        const text = await lanes.innerText()
        expect(text).toMatch(
          /0 ms[\s\S]+files: cert-file and key-file of m1 overwritten in place[\s\S]+3\.2 s/,
        )
        const shown = lanes.locator('.certificate')
        expect(await shown.allInnerTexts()).toEqual(
          ['A', 'A', 'B', 'B', 'A', 'B'].map((mark) => expect.stringContaining(mark) as string),
        )
        const colour =
          'getComputedStyle(document.querySelectorAll("#panel .timeline .certificate")[N]).borderTopColor'
        const [first, second] = await Promise.all(
          ['0', '2'].map((n) => page.evaluate(colour.replace('N', n))),
        )
        expect(first).not.toBe(second)
        const legend = await page.locator('#panel .legend').innerText()
        expect(legend).toContain(`CN=second pair ${hostile.image}`)
        expect(await page.locator('#panel img').count()).toBe(0)
        await lanes.getByText('What was seen').first().click()
        expect(await lanes.innerText()).toContain('GET https://m1.etcd.local:2379/version')
        expect(await overflow(page)).toBe(0)
        const found = (await new AxeBuilder({ page }).include('#panel').analyze()).violations
        expect(
          found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html: node }) => node).join(' ')}`),
        ).toEqual([])
      })

      test('what is documented, but not so, leads to its cells', async () => {
        const page = await show()
        const list = page.locator('.not-so')
        expect(await list.innerText()).toContain('Documented, but not so: 1 promise')
        expect(await list.innerText()).toContain(hostile.image)
        await list.getByRole('link', { name: builds[1] ?? '' }).click()
        expect(await page.locator('dialog[open] h2').innerText()).toContain(notSo)
      })

      test('keyboard: arrows walk, Enter opens, Escape closes and gives the focus back', async () => {
        const page = await show()
        const first = page.locator('button.verdict').first()
        await first.focus()
        await page.keyboard.press('ArrowRight')
        await page.keyboard.press('ArrowDown')
        await page.keyboard.press('Enter')
        await page.locator('dialog[open]').waitFor()
        expect(await page.locator('#panel-title').innerText()).toContain(
          'client-cert-auth-demands-a-certificate',
        )
        expect(await page.locator('#panel-says').innerText()).toContain('3.6.16@module+go1.26.10')
        await page.keyboard.press('Escape')
        await page.locator('dialog:not([open])').waitFor({ state: 'attached' })
        // The close event comes a moment after the panel is gone; it takes the cell out of the address.
        await expect.poll(() => page.evaluate('location.hash')).toBe('')
        expect(await page.evaluate('document.activeElement.dataset.subject')).toBe('1')
      })

      test('a cell has an address', async () => {
        const page = await show(
          `#${new URLSearchParams({ cell: failing, on: '3.7.3@module+go1.26.10' }).toString()}`,
        )
        expect(await page.locator('dialog[open] h2').innerText()).toContain(failing)
        await page.locator('#close').click()
        expect(await page.locator('dialog[open]').count()).toBe(0)
      })

      test('filter by verdict, search by id, and back to everything', async () => {
        const page = await show()
        const shown = page.locator('#shown')
        await page.locator('[data-filter="fail"]').click()
        expect(await rows(page).count()).toBe(2)
        expect(await shown.innerText()).toBe('2 claims')
        await page.locator('[data-filter="known"]').click()
        expect(await rows(page).count()).toBe(3)
        await page.locator('#search').fill('host-whitelist')
        expect(await rows(page).count()).toBe(1)
        await page.locator('#search').fill('nothing has this id')
        expect(await rows(page).count()).toBe(0)
        await page.locator('#reset').click()
        expect(await rows(page).count()).toBe(claims)
        await page.locator('#search').fill('tls=1.3')
        expect(await rows(page).count()).toBe(2)
      })

      test('axe finds nothing serious, in the matrix and in the panel', async () => {
        const page = await show()
        const found = [...(await new AxeBuilder({ page }).analyze()).violations]
        for (const cell of [joins, forms, failing]) {
          await openCell(page, cell, 0)
          found.push(...(await new AxeBuilder({ page }).analyze()).violations)
          await page.locator('#close').click()
        }
        await page.goto(
          `${address}#${new URLSearchParams({ cell: 'security/client-certificates/without-one-is-rejected:tls=1.3', on: '3.7.3@module+go1.26.10' }).toString()}`,
        )
        found.push(...(await new AxeBuilder({ page }).analyze()).violations)
        const serious = found.filter(({ impact }) => impact === 'serious' || impact === 'critical')
        expect(
          serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html: node }) => node).join(' ')}`),
        ).toEqual([])
      })
    })
  },
)
