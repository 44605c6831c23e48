import { expect, test } from 'vitest'
import { conclude } from './conclusion.ts'
import { junit } from './junit.ts'
import type { CellResult, Results } from './schema.ts'
import { hostile } from './testing/sample-parts.ts'
import { cleanResults, sampleResults } from './testing/sample-results.ts'
import { all, parseXml } from './testing/parse-xml.ts'
import { element, xmlDocument } from './xml.ts'

const sample = sampleResults()
const document = parseXml(junit(sample))
const cases = all(document, 'testcase')
const caseOf = (cell: string, build = '3.6') =>
  cases.find(
    ({ attributes }) =>
      attributes['name'] === cell && attributes['classname']?.endsWith(` ${build}@module`) === true,
  )

test('a suite per section and subject, a case per cell, and the sums add up', () => {
  expect(document.name).toBe('testsuites')
  expect(all(document, 'testsuite')).toHaveLength(sample.sections.length * sample.subjects.length)
  expect(cases).toHaveLength(sample.results.length)
  expect(document.attributes).toMatchObject({
    tests: '52',
    failures: '3',
    errors: '1',
    skipped: '2',
    time: '14.500',
  })
  expect(cases[0]?.attributes).toMatchObject({
    name: 'security/basic-setup/cert-file-serves-https:way=config-file',
    classname: 'security/basic-setup 3.6@module',
    time: '0.412',
  })
})

test.each([
  ['security/host-whitelist/unlisted-name-is-refused', 'failure', 'fail'],
  ['security/client-certificates/with-one-is-served', 'failure', 'drift'],
  ['security/host-whitelist/loopback-is-always-allowed', 'failure', 'pass!'],
  ['security/basic-setup/peer-client-cert-auth-demands-a-certificate', 'error', 'inconclusive'],
])('%s: %s of type %s', (cell, kind, type) => {
  expect(caseOf(cell)?.children.find(({ name }) => name === kind)?.attributes['type']).toBe(type)
  expect(caseOf(cell, '3.5')?.children.some(({ name }) => name === kind)).toBe(false)
})

test('what does not apply is skipped with its reason', () => {
  const skipped = caseOf('security/https/verified-handshake:api=v2')?.children.find(
    ({ name }) => name === 'skipped',
  )
  expect(skipped?.attributes['message']).toBe('the v2 keys API was removed in 3.6.0')
})

test('a known deviation passes and says so', () => {
  const known = caseOf('security/client-certificates/without-one-is-rejected:tls=1.3')
  expect(known?.children.map(({ name }) => name)).toEqual(['properties', 'system-out'])
  expect(all(known ?? document, 'property').map(({ attributes }) => attributes['name'])).toContain(
    'known-deviation',
  )
  expect(known?.children[1]?.text).toMatch(/^known deviation, declared as drift for >=3\.4\.0/)
})

test('hostile text is text, and what XML cannot hold is shown', () => {
  const text = caseOf('security/host-whitelist/unlisted-name-is-refused')?.children.at(-1)?.text ?? ''
  expect(text).toContain(hostile.script)
  expect(text).toContain(hostile.image)
  expect(text).toContain('\\x1b[2J\\x1b]0;owned\\x07 pass\\rall good\\x9b31m')
  expect(
    caseOf('security/basic-setup/peer-client-cert-auth-demands-a-certificate')?.children.at(-1)?.text,
  ).toContain(']]><!-- & "quoted" \'too\' \\x00\\ufffe')
})

test('every character can be written, in text and in attributes', () => {
  const everything =
    Array.from({ length: 0x2100 }, (_, code) => String.fromCodePoint(code)).join('') + '\ud800\uffff😀'
  const parsed = parseXml(xmlDocument(element('a', { b: everything }, everything)))
  expect(parsed.text).toContain('&<>'.slice(0, 1))
  expect(parsed.attributes['b']).toContain('\\x00')
  expect(parsed.attributes['b']).toContain('"')
  expect(parsed.text.endsWith('\\ud800\\uffff😀')).toBe(true)
})

test.each<[string, (one: CellResult) => Partial<CellResult>]>([
  [
    'a verdict that does not follow from its checks',
    ({ checks }) => ({ checks: checks.map((one) => ({ ...one, met: false })) }),
  ],
  ['nothing that applies', () => ({ verdict: 'not-applicable', checks: [] })],
])('%s is an error of the run, as its exit status says', (_, change) => {
  const clean = cleanResults()
  const odd = {
    ...clean,
    results: clean.results.map((one) => ({
      ...one,
      declared: undefined,
      verdict: 'pass' as const,
      ...change(one),
    })),
  }
  expect(conclude(odd as Results).exit).toBe(3)
  const written = parseXml(junit(odd))
  expect(written.attributes).toMatchObject({ failures: '0', errors: '1' })
  expect(all(written, 'testcase').at(-1)?.attributes).toMatchObject({ name: 'the run is complete' })
})

test('a cell without a result is an error, and so is an interrupted run', () => {
  const clean = cleanResults()
  const cut = parseXml(
    junit({ ...clean, results: clean.results.slice(1), run: { ...clean.run, interrupted: 'SIGINT' } }),
  )
  expect(cut.attributes).toMatchObject({ tests: '53', failures: '0', errors: '2' })
  expect(all(cut, 'error').map(({ attributes }) => attributes['type'])).toEqual(['missing', 'incomplete'])
})
