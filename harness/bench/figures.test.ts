import { expect, test } from 'vitest'
import { median, rows, type Figures } from './figures.ts'

const figures = (wall: number): Figures => ({
  cells: 10,
  subjects: 1,
  prepare: 100,
  worlds: 4000,
  probes: 500,
  judge: 5,
  report: 50,
  wall,
  worldCount: 8,
  probeCount: 40,
  perSubject: { '3.6.16@module+go1.26.10': wall - 100 },
})

test('the median run decides, not the fastest', () => {
  expect(median([figures(9000), figures(1000), figures(3000)]).wall).toBe(3000)
})

test('a ratio above one is slower than the baseline', () => {
  const table = rows(figures(3000), figures(2000))
  expect(table.find(({ figure }) => figure === 'wall')).toEqual({
    figure: 'wall',
    value: '3.00 s',
    ratio: '1.50',
  })
  expect(table.find(({ figure }) => figure === 'worlds per second')?.value).toBe('2.7 (8)')
})

test('without a baseline there is no ratio', () => {
  expect(rows(figures(3000)).every(({ ratio }) => ratio === '')).toBe(true)
})
