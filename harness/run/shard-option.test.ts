import { expect, test } from 'vitest'
import { parseShard } from './shard-option.ts'

test('the first and the last of some', () => {
  expect(parseShard('1/1')).toEqual({ index: 1, of: 1 })
  expect(parseShard('4/4')).toEqual({ index: 4, of: 4 })
  expect(parseShard('1000/1000')).toEqual({ index: 1000, of: 1000 })
})

test.each(['0/4', '5/4', 'x', '', '1', '1/', '/2', '1/0', '0/0', '-1/2', '1.5/2', '1/2/3', ' 1/2', '1/1001'])(
  '%j is none',
  (text) => {
    expect(() => parseShard(text)).toThrow(
      expect.objectContaining({
        exit: 2,
        message: expect.stringContaining(`--shard ${text} is no part of a run; write i/n`) as string,
      }) as Error,
    )
  },
)
