import { describe, expect, test } from 'vitest'
import { formOf, readPage } from './read-page.ts'
import { whichPage } from './which-page.ts'

const read = (text: string, file = 'page.html') => readPage(text, file, new Set())

describe('what is no page', () => {
  test.each([
    ['nothing', '', 'page-empty'],
    ['a binary', 'PK\u0003\u0004\0\0', 'page-not-text'],
    ['markup without a sentence', '<html><script>alert(1)</script></html>', 'page-empty'],
    ['a text without an end', 'word '.repeat(500_000), 'page-too-long'],
  ])('%s is refused in a sentence that names the file', (_, text, code) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({
        code,
        exit: 2,
        message: expect.stringContaining('page.html') as string,
      }) as Error,
    )
  })

  test('a page that is none of the four is refused, and one that is no page id', () => {
    const sentences = read('<p>Nobody ever wrote this sentence about etcd.</p>')
    expect(() => whichPage(sentences, 'page.html')).toThrow('page.html is none of the pages')
    expect(() => whichPage(sentences, 'page.html', 'secruity')).toThrow('--page secruity')
    expect(whichPage(sentences, 'page.html', 'security')).toBe('security')
  })
})

describe('a hostile page', () => {
  test.each([
    ['a page', '<div>', '<p>The end of it.</p>'],
    ['a list', '<ul><li>', 'The end of it.'],
  ])('nesting that %s never has is refused at once', (_, open, end) => {
    expect(read(`${open.repeat(400)}${end}`).map(({ text }) => text)).toEqual(['The end of it.'])
    expect(() => read(`${open.repeat(100_000)}${end}`)).toThrow('page.html cannot be read as HTML')
  })

  test('Markdown that its parser gives up on is refused, not thrown through', () => {
    const nested = `${'>'.repeat(50_000)} The end of it.`
    try {
      expect(read(nested, 'page.md').length).toBeGreaterThan(0)
    } catch (error) {
      expect(error).toMatchObject({ code: 'page-unreadable', exit: 2 })
    }
  })

  test('scripts, frames and what is hidden in them are not read', () => {
    const html =
      '<p>Seen.</p><script>"<p>Not seen.</p>"</script><iframe><p>Not seen.</p></iframe><svg><text>Not seen.</text></svg><p>Seen too.</p>'
    expect(read(html).map(({ text }) => text)).toEqual(['Seen.', 'Seen too.'])
  })
})

describe('the form of a page', () => {
  test.each([
    ['a.html', 'plain', 'html'],
    ['a.md', '<p>plain</p>', 'markdown'],
    ['a.txt', '<!DOCTYPE html><p>x', 'html'],
    ['a.txt', 'Intro\n## Heading\ntext', 'markdown'],
    ['a.txt', 'Do this:\n# a comment\nopenssl genrsa', 'text'],
  ])('%s with %j is %s', (file, text, form) => {
    expect(formOf(text, file)).toBe(form)
  })
})
