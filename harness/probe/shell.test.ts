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
  'report/run.sh',
  "re port/it's $HOME/run.sh",
  'a [b]*.ts',
  '~/run.sh',
  '~',
])('a shell reads %j as one word', (text) => {
  expect(execFileSync('bash', ['-c', `printf %s ${word(text)}`], { encoding: 'utf8' })).toBe(text)
})

test('what needs no quotes has none', () => {
  expect(word('report/run.sh')).toBe('report/run.sh')
})

test('no control character reaches a terminal', () => {
  expect(line(['curl', '\u001b[31mred\u007f'])).toBe("curl $'\\x1b[31mred\\x7f'")
})
