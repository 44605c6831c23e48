import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { line, word } from './shell.ts'

test.each([
  'plain',
  'a b',
  "it's",
  '$(touch x) `y`',
  '*',
  '',
  'a\\b',
  '"',
  'new\nline',
  "tab\t'and\\quote",
  '-d',
  'ü',
])('a shell reads %j as one word', (text) => {
  expect(execFileSync('bash', ['-c', `printf %s ${word(text)}`], { encoding: 'utf8' })).toBe(text)
})

test('no control character reaches a terminal', () => {
  expect(line(['curl', '\u001b[31mred\u007f'])).toBe("curl $'\\x1b[31mred\\x7f'")
})
