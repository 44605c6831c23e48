import { describe, expect, test } from 'vitest'
import { halve } from './halve.ts'

/** A judge that knows the history by heart: a letter per point, `?` for one that cannot be told. */
const judge = (history: string) => {
  const asked: number[] = []
  const tell = async (point: number): Promise<string | undefined> => {
    asked.push(point)
    const state = history[point]
    return Promise.resolve(state === '?' ? undefined : state)
  }
  return { asked, tell }
}
const steps = async (history: string, every = false): Promise<unknown> =>
  (await halve(history.length, judge(history).tell, every)).steps.map(({ before, after, untold }) => [
    before,
    after,
    ...(untold.length > 0 ? [untold] : []),
  ])

describe('one step', () => {
  test.each([
    ['fp', 0],
    ['ffp', 1],
    ['fpp', 0],
    ['ffffffffp', 7],
    ['fpppppppp', 0],
    ['ffffpppp', 3],
  ])('%s', async (history, before) => {
    expect(await steps(history)).toEqual([[before, before + 1]])
  })

  test('is found at every place of a long history, with as few questions as halving needs', async () => {
    const count = 33
    for (let at = 1; at < count; at += 1) {
      const { asked, tell } = judge('f'.repeat(at) + 'p'.repeat(count - at))
      expect((await halve(count, tell)).steps).toEqual([{ before: at - 1, after: at, untold: [] }])
      expect(asked.length).toBeLessThanOrEqual(2 + Math.log2(count - 1))
      expect(new Set(asked).size).toBe(asked.length)
    }
  })
})

test('no step: only the ends are asked', async () => {
  const { asked, tell } = judge('pfffp')
  expect((await halve(5, tell)).steps).toEqual([])
  expect(asked).toEqual([0, 4])
})

describe('a history that goes back and forth', () => {
  test('has one of its steps found', async () => {
    const found = (await steps('fpfpfpfpp')) as [number, number][]
    expect(found).toHaveLength(1)
    const [[before, after] = [0, 0]] = found
    expect('fpfpfpfpp'.slice(before, after + 1)).toBe('fp')
  })
  test('shows all of them when every point is asked', async () => {
    expect(await steps('fpfpp', true)).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ])
    expect(await steps('pffp', true)).toEqual([
      [0, 1],
      [2, 3],
    ])
  })
})

describe('a point that is like neither end', () => {
  test.each([
    ['ffddpp', [1, 2], [3, 4]],
    ['fdp', [0, 1], [1, 2]],
    ['fffdddddp', [2, 3], [7, 8]],
  ])('%s has both of its sides found', async (history, ...expected) => {
    expect(await steps(history)).toEqual(expected)
  })
})

describe('a point that cannot be told', () => {
  test.each([
    ['f?p', [[0, 2, [1]]]],
    ['f???p', [[0, 4, [1, 2, 3]]]],
    ['ff?pp', [[1, 3, [2]]]],
    ['f??pppppp', [[0, 3, [1, 2]]]],
    ['fff?fppp?', undefined],
    ['ff?fffpp', [[5, 6]]],
    ['f?f?p?p', [[2, 4, [3]]]],
  ])('%s is taken for neither side', async (history, expected) => {
    if (expected === undefined) await expect(steps(history)).rejects.toThrow(/is an end and cannot be told/)
    else expect(await steps(history)).toEqual(expected)
  })
  test('is asked once', async () => {
    const { asked, tell } = judge('f?????p')
    await halve(7, tell)
    expect(asked.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6])
  })
})
