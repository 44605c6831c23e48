import { describe, expect, test } from 'vitest'
import { cellHash, inChromium, missing, openedReport, openPanel } from '../testing/opened-report.ts'
import { sampleClaims, sampleResults } from '../testing/sample-results.ts'
import { html } from './html-report.ts'

const failing = 'security/host-whitelist/unlisted-name-is-refused'
const focused = "document.activeElement?.closest('tr.claim')?.querySelector('.slug')?.textContent ?? ''"
const ofBody = 'getComputedStyle(document.body).backgroundColor'
const column = "document.activeElement?.closest('td, th')?.cellIndex ?? -1"

describe.skipIf(missing !== false)(`the keyboard ${inChromium}`, () => {
  const report = openedReport(() => html(sampleResults(['3.7.3', '3.6.16'])))

  test('arrows walk, Enter opens, Escape closes and gives the focus back', async () => {
    const page = await report.show()
    await page.locator('tr.claim button').first().focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    const panel = await openPanel(page)
    expect(await panel.locator('h2').innerText()).toContain('client-cert-auth-demands-a-certificate')
    expect(await page.locator('#panel-says').innerText()).toContain('3.6.16@module+go1.26.10')
    expect(await page.evaluate('document.activeElement.id')).toBe('panel-title')
    await page.keyboard.press('Escape')
    // The close event comes a moment after the panel is gone; it takes the cell out of the address.
    await expect.poll(() => page.evaluate('location.hash')).toBe('')
    expect(await page.evaluate(focused)).toBe('client-cert-auth-demands-a-certificate')
    expect(await page.evaluate(column)).toBe(2)
  })

  test('the matrix is one stop of the tab key, wherever in it one was', async () => {
    const page = await report.show()
    const stops =
      '[...document.querySelectorAll("#matrix :is(tr.claim a, button)")].filter((one) => one.tabIndex === 0).length'
    expect(await page.evaluate(stops)).toBe(1)
    await page.locator('tr.claim button').nth(4).focus()
    expect(await page.evaluate(stops)).toBe(1)
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Home')
    expect(await page.evaluate(column)).toBe(0)
    await page.keyboard.press('Enter')
    expect(await (await openPanel(page)).locator('.history').count()).toBe(1)
  })

  test('/ searches, Enter goes to what was found, j and k walk, Escape in the search shows everything', async () => {
    const page = await report.show()
    await page.keyboard.press('/')
    await page.keyboard.type('host-whitelist')
    expect(await page.locator('tr.claim:visible').count()).toBe(2)
    await page.keyboard.press('Enter')
    const first = await page.evaluate(focused)
    await page.keyboard.press('j')
    const second = await page.evaluate(focused)
    expect([first, second].toSorted()).toEqual(['loopback-is-always-allowed', 'unlisted-name-is-refused'])
    await page.keyboard.press('j')
    expect(await page.evaluate(focused)).toBe(second)
    await page.keyboard.press('k')
    expect(await page.evaluate(focused)).toBe(first)
    await page.keyboard.press('/')
    await page.keyboard.press('Escape')
    expect(await page.locator('tr.claim:visible').count()).toBe(sampleClaims.length)
  })

  test('with a cell open j and k go to the next of what is shown, c to its claim', async () => {
    const page = await report.show('#q=host-whitelist')
    await page.locator('tr.claim:visible button').first().click()
    const title = (await openPanel(page)).locator('h2')
    const first = await title.innerText()
    await page.keyboard.press('j')
    await expect.poll(() => title.innerText()).not.toBe(first)
    expect(await title.innerText()).toContain('host-whitelist')
    await page.keyboard.press('k')
    await expect.poll(() => title.innerText()).toBe(first)
    await page.keyboard.press('c')
    await page.locator('#panel .history').waitFor()
    await page.goBack()
    await expect.poll(() => title.innerText()).toBe(first)
  })

  test('? lists the keys, t changes the colours and keeps them', async () => {
    const page = await report.show()
    await page.keyboard.press('?')
    expect(await page.locator('#help[open]').innerText()).toContain('search claims and cells')
    await page.keyboard.press('Escape')
    const background = () => page.evaluate<string>(ofBody)
    const light = await background()
    await page.keyboard.press('t')
    expect(await background()).toBe(light)
    await page.keyboard.press('t')
    expect(await background()).not.toBe(light)
    expect(await page.locator('#theme').getAttribute('aria-label')).toBe('Colours: dark')
    // Chromium's storage is another process: a page that goes at once may take with it what it wanted kept.
    const other = await page.context().newPage()
    const there = () => other.evaluate<string>(ofBody)
    await expect.poll(() => other.goto(page.url()).then(there), { timeout: 10_000 }).not.toBe(light)
    await page.reload()
    expect(await background()).not.toBe(light)
  })

  test('keys that are meant for the browser or for the search are left to them', async () => {
    const page = await report.show()
    await page.locator('#search').fill('')
    await page.locator('#search').pressSequentially('j?t')
    expect(await page.locator('#search').inputValue()).toBe('j?t')
    expect(await page.locator('dialog[open]').count()).toBe(0)
  })

  test('an address opens its cell; closing it leaves the search as it was', async () => {
    const page = await report.show(`${cellHash(failing, '3.7.3@module+go1.26.10')}&q=whitelist`)
    expect(await (await openPanel(page)).locator('h2').innerText()).toContain(failing)
    await page.locator('#close').click()
    await expect.poll(() => page.evaluate('location.hash')).toBe('#q=whitelist')
    expect(await page.evaluate(focused)).toBe('unlisted-name-is-refused')
    for (const odd of ['#cell=no/such/cell&on=x', '#claim=%3Cimg%3E', '#page=nowhere', '#=&&%zz']) {
      await page.evaluate(`location.hash = ${JSON.stringify(odd)}`)
      expect(await page.locator('dialog[open]').count()).toBe(0)
    }
  })
})
