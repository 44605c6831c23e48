import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findChromium, launchChromium } from '../testing/chromium.ts'

/**
 * Takes the picture that README shows: the matrix of a report, and a cell opened over it.
 *
 *   node reports/html/take-picture.ts REPORT.html '#cell=…&on=…' [OUT.png]
 */
const [report = '', hash = '', out = resolve(import.meta.dirname, 'report.png')] = process.argv.slice(2)
const browser = await launchChromium(findChromium())
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, colorScheme: 'light' })
  await page.goto(pathToFileURL(resolve(report)).href + hash)
  await page.locator('#panel-body:not([aria-busy]) .sequence').scrollIntoViewIfNeeded()
  const picture = await page.screenshot()
  await writeFile(out, picture)
  console.log(`${out}: ${String(Math.round(picture.length / 1024))} kB`)
} finally {
  await browser.close()
}
