import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import { describe, expect, test } from 'vitest'
import { findChromium, launchChromium } from '../testing/chromium.ts'
import { sampleClaims, sampleResults } from '../testing/sample-results.ts'
import { annotate } from './annotate.ts'
import { pageHtml } from './html.ts'

const executablePath = findChromium()
const evil =
  '<script>document.title = "evil"</script><img src="https://evil.example/x.png"> a very_long_word'.padEnd(
    400,
    '_',
  )
const reading = {
  file: 'page.html',
  page: 'security',
  title: 'A page',
  sentences: [
    ...sampleClaims.map(({ id, says }, n) => ({
      kind: 'known' as const,
      heading: 'Promises',
      text: says,
      promise: { where: `security/https ${String(n)}`, says, claims: [id] },
    })),
    { kind: 'new' as const, heading: evil, text: evil, code: true as const },
  ],
  missing: [{ where: 'security/https 99', says: evil, claims: [] }],
}

describe.skipIf(executablePath === undefined)('the annotated page in Chromium', () => {
  test.each([
    { width: 1280, height: 900, colorScheme: 'light' as const },
    { width: 390, height: 844, colorScheme: 'dark' as const },
  ])(
    '$width pixels, $colorScheme: readable, and nothing in it acts',
    async ({ width, height, colorScheme }) => {
      const folder = await mkdtemp(join(tmpdir(), 'etcd-tls-page-'))
      const file = join(folder, 'page.html')
      await writeFile(file, pageHtml(annotate(reading, sampleResults())))
      const browser = await launchChromium(executablePath)
      try {
        const context = await browser.newContext({ viewport: { width, height }, colorScheme })
        const page = await context.newPage()
        const requests: string[] = []
        page.on('request', (request) => requests.push(request.url()))
        await page.goto(pathToFileURL(file).href)
        expect(requests).toEqual([pathToFileURL(file).href])
        expect(await page.title()).toBe('A page · etcd-tls')
        expect(await page.locator('.sentence').count()).toBe(reading.sentences.length)
        const scrolls = 'document.documentElement.scrollWidth > document.documentElement.clientWidth'
        expect(await page.evaluate(scrolls)).toBe(false)
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([])
      } finally {
        await browser.close()
        await rm(folder, { recursive: true })
      }
    },
  )
})
