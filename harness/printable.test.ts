import { expect, test } from 'vitest'
import { printable } from './printable.ts'

test('text of strangers is cut and cleaned', () => {
  expect(printable('a\u001b[31m\u202eb')).toBe('"a·[31m·b"')
  expect(printable('x'.repeat(5000)).length).toBeLessThan(90)
})
