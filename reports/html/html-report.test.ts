import { createHash } from 'node:crypto'
import { Script } from 'node:vm'
import { expect, test } from 'vitest'
import { hostile } from '../testing/sample-parts.ts'
import { cleanResults, sampleResults } from '../testing/sample-results.ts'
import { html } from './html-report.ts'
import { scriptJson } from './index-data.ts'

const page = html(sampleResults())

/** What the page's script elements are, without what tells one of a kind from another. */
const kindsOf = (text: string): string[] =>
  [...text.matchAll(/<script([^>]*)>/g)].map(([, attributes = '']) =>
    attributes.replace(/ (id|data-\w+)="[^"]*"/g, ''),
  )
const data = ' type="application/octet-stream"'

test('one script, the rest of them data, and nothing hostile as markup', () => {
  const kinds = kindsOf(page)
  expect(kinds.filter((kind) => kind === '')).toHaveLength(1)
  expect(new Set(kinds)).toEqual(
    new Set([' type="application/json"', '', `${data} class="records"`, `${data} class="texts"`]),
  )
  expect(page.match(/<\/script/g)).toHaveLength(kinds.length)
  expect(page).not.toContain('<img')
  expect(page).not.toContain(hostile.terminal.slice(0, 3))
  expect(page).not.toContain('\u202e')
})

test('the script is one, and is JavaScript', () => {
  const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(page) ?? []
  expect(() => new Script(script)).not.toThrow()
})

test('subject names and promises are escaped in the markup', () => {
  const sample = sampleResults(['3.6.16'])
  const name = `3.6.16@${hostile.image}'"&`
  const poisoned = html({
    ...sample,
    subjects: sample.subjects.map((subject) => ({ ...subject, name, image: hostile.script })),
    claims: sample.claims.map((claim) => ({ ...claim, says: `${hostile.script}"onclick="x` })),
    sections: sample.sections.map((section) => ({ ...section, heading: hostile.image })),
    run: { ...sample.run, command: [hostile.script] },
    results: sample.results.map((result) => ({ ...result, subject: name })),
  })
  expect(poisoned).not.toContain('<img')
  expect(kindsOf(poisoned).filter((kind) => kind === '')).toHaveLength(1)
  expect(poisoned).not.toContain('<script>alert')
  expect(poisoned).not.toContain('"onclick="')
})

test('the policy allows this script and this style and nothing else', () => {
  const [, policy = ''] = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(page) ?? []
  const hash = (tag: string) =>
    createHash('sha256')
      .update(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(page)?.[1] ?? '')
      .digest('base64')
  expect(policy.replaceAll('&#39;', "'")).toBe(
    `default-src 'none'; style-src 'sha256-${hash('style')}'; script-src 'sha256-${hash('script')}'; base-uri 'none'; form-action 'none'`,
  )
})

test('a section leads to its page where the results name it', () => {
  const sample = cleanResults()
  const sections = sample.sections.map((one) => ({ ...one, url: 'https://docs.example/security/#a' }))
  expect(html({ ...sample, sections })).toContain(
    '<a href="https://docs.example/security/#a" rel="noreferrer">',
  )
})

test('no asset of another origin is named', () => {
  expect(html(cleanResults())).not.toMatch(/\ssrc="|<link|<(?!a )\w+ [^>]*href="(?!#)/)
  expect(html(cleanResults())).not.toMatch(/url\(|@import/)
})

test('data in a script element cannot end it and is the same data', () => {
  const data = { text: `${hostile.script}<!--\u2028&`, list: [1, null, true] }
  expect(scriptJson(data)).not.toMatch(/[<>&\u2028]/)
  expect(JSON.parse(scriptJson(data))).toEqual(data)
})
