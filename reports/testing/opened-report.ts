import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { findChromium, launchChromium } from './chromium.ts'

export const executablePath = findChromium()
/** Why these tests are skipped, or false. */
export const missing =
  executablePath === undefined &&
  'there is no Chromium here: install the package chromium, or name one with CHROMIUM'
/** What stands in the name of skipped tests. */
export const inChromium = missing === false ? 'in Chromium' : `in Chromium (skipped: ${missing})`

/** The widths and colour schemes that people have. */
export const views = [
  { name: 'desktop', width: 1280, height: 900, colorScheme: 'light' },
  { name: 'desktop, dark', width: 1280, height: 900, colorScheme: 'dark' },
  { name: 'phone', width: 390, height: 844, colorScheme: 'light' },
] as const
export type View = Partial<Omit<(typeof views)[number], 'name'>> | (typeof views)[number]

export interface OpenedReport {
  /** Opens the report in a context of its own, which is closed after the test. */
  show(
    hash?: string,
    view?: View,
    more?: BrowserContextOptions,
    first?: (page: Page) => Promise<unknown>,
  ): Promise<Page>
}

/**
 * Registers a report to be opened from a file in each test. After a test it fails where the page complained, showed a
 * dialog or asked for anything but itself.
 */
export function openedReport(html: () => string): OpenedReport {
  let browser: Browser
  let folder = ''
  let address = ''
  const open: Page[] = []
  const complaints: string[] = []
  const requests: string[] = []
  if (missing !== false && process.env['CI'] === 'true')
    test('a browser is there', () => expect.fail(missing))
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'etcd-tls-html-'))
    await writeFile(join(folder, 'report.html'), html())
    address = pathToFileURL(join(folder, 'report.html')).href
    browser = await launchChromium(executablePath)
  })
  afterAll(async () => {
    await browser.close()
    await rm(folder, { recursive: true })
  })
  afterEach(async () => {
    await Promise.all(open.splice(0).map((page) => page.context().close()))
    expect(complaints.splice(0)).toEqual([])
    for (const request of requests.splice(0)) expect(request.replace(/#.*/, '')).toBe(address)
  })
  return {
    async show(hash = '', { width = 1280, height = 900, colorScheme = 'light' } = {}, more = {}, first) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme, ...more })
      const page = await context.newPage()
      open.push(page)
      page.on('console', (message) => complaints.push(message.text()))
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('dialog', (dialog) => {
        complaints.push(`dialog ${dialog.message()}`)
        void dialog.dismiss()
      })
      page.on('request', (request) => requests.push(request.url()))
      await first?.(page)
      await page.goto(address + hash)
      return page
    },
  }
}

/** The address of a cell in a report. */
export const cellHash = (cell: string, on: string): string =>
  `#cell=${encodeURIComponent(cell)}&on=${encodeURIComponent(on)}`

/** The panel with what it was asked for, its evidence read. */
export async function openPanel(page: Page): Promise<ReturnType<Page['locator']>> {
  await page.locator('#panel[open] #panel-body:not([aria-busy])').waitFor()
  return page.locator('#panel')
}

interface Drawn {
  checkVisibility(options?: { contentVisibilityAuto: boolean }): boolean
  querySelectorAll(selector: string): Iterable<Drawn>
}

/**
 * What a reader sees of an element: a section that the browser has not drawn yet (`content-visibility: auto`) has no
 * `innerText`, and on a page just opened none is drawn. Waits for it as long as `expect.poll` does.
 */
export async function drawnText(at: Locator): Promise<string> {
  await at.scrollIntoViewIfNeeded()
  const undrawn = () =>
    at.evaluate((element: Drawn) => {
      const all = [element, ...element.querySelectorAll('*')]
      return all.filter(
        (one) => one.checkVisibility() && !one.checkVisibility({ contentVisibilityAuto: true }),
      ).length
    })
  await expect.poll(undrawn, { message: 'elements that are not drawn yet' }).toBe(0)
  return at.innerText()
}

/** How far the page can be scrolled sideways, in pixels. */
export const overflow = (page: Page): Promise<unknown> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')

/** What axe finds of the page as it is, as `rule: element`. A report has no frames, which axe would go through one by one. */
export async function findings(page: Page): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  const { violations } = await axe.analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}
