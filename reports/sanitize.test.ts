import { expect, test } from 'vitest'
import { oneLine, visible, visibleData } from './sanitize.ts'

test('control sequences of a terminal are shown, not obeyed', () => {
  expect(visible('\u001b[31mred\u0007 \u009b2J \u007f')).toBe('\\x1b[31mred\\x07 \\x9b2J \\x7f')
  expect(visible('pass\rfail')).toBe('pass\\rfail')
})

test('text that would change direction, hide or end a line is shown', () => {
  expect(visible('a\u202eb\u2066c\u061cd\u200be\ufefff\u2028g')).toBe(
    'a\\u202eb\\u2066c\\u061cd\\u200be\\ufefff\\u2028g',
  )
  expect(visible('tag\u{e0041}')).toBe('tag\\u{e0041}')
})

test('lone surrogates and noncharacters are shown, whole characters stay', () => {
  expect(visible('\ud800 \udc00 \ufffe \uffff')).toBe('\\ud800 \\udc00 \\ufffe \\uffff')
  expect(visible('grüße 😀 漢')).toBe('grüße 😀 漢')
})

test('lines stay lines, and become one line where asked', () => {
  expect(visible('a\n\tb')).toBe('a\n\tb')
  expect(oneLine('a\n\tb')).toBe('a\\n\\tb')
})

test('every code point comes out as one that XML 1.0 can hold and that is not a control', () => {
  for (let code = 0; code <= 0x10ffff; code += code < 0x3000 ? 1 : 0x101) {
    expect(oneLine(String.fromCodePoint(code))).toMatch(
      /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]+$/u,
    )
  }
})

test('all strings of data, keys too', () => {
  expect(visibleData({ 'k\u0000': ['\u001b', { n: 1, o: null, b: true }] })).toEqual({
    'k\\x00': ['\\x1b', { n: 1, o: null, b: true }],
  })
})
