import { describe, expect, test } from 'vitest'
import { HarnessError } from '../../errors.ts'
import { historyOf, type End } from './history.ts'

const end = (asked: string, etcd = asked, go = '1.26.10'): End => ({ asked, etcd, go })
const asked = (from: End, to: End): string[] => historyOf(from, to).points.map((point) => point.asked)

describe('releases of etcd', () => {
  test('are those of the table, in their order, without previews', () => {
    const { axis, points } = historyOf(end('3.6.12'), end('3.7.3'))
    expect(axis).toBe('etcd')
    expect(points.map((point) => point.asked)).toEqual([
      ...['3.6.12', '3.6.13', '3.6.14', '3.6.15', '3.6.16'],
      ...['3.7.0', '3.7.1', '3.7.2', '3.7.3'],
    ])
    expect(asked(end('3.7.3'), end('3.8.0-alpha.0'))).toEqual(['3.7.3', '3.8.0-alpha.0'])
  })

  test('are rebuilds where both ends are', () => {
    expect(asked(end('module:3.7.0', '3.7.0'), end('module:3.7.2', '3.7.2'))).toContain('module:3.7.1')
    expect(asked(end('3.7.0'), end('module:3.7.2', '3.7.2'))).toContain('3.7.1')
  })

  test('have the Go that both ends name, where it can build them', () => {
    const { points } = historyOf(end('3.5.16+go1.23.9', '3.5.16'), end('3.6.0+go1.23.9', '3.6.0'))
    const one = (version: string) => points.find((point) => point.asked === `${version}+go1.23.9`)
    expect(points).toHaveLength(9)
    expect(one('3.5.21')).toEqual({ asked: '3.5.21+go1.23.9' })
    expect(one('3.5.23')?.missing).toMatch(/`go 1\.24`, which Go 1\.23\.9 cannot build/)
  })

  test('have their own Go where the ends name two', () => {
    const between = asked(end('3.7.0+go1.26.5', '3.7.0'), end('3.7.2+go1.26.8', '3.7.2'))
    expect(between[1]).toBe('module:3.7.1')
  })

  test('that the table does not name are told', () => {
    expect(historyOf(end('3.5.16'), end('3.5.23')).unknown).toEqual(['3.5.17 to 3.5.20', '3.5.22'])
    expect(historyOf(end('3.5.33'), end('3.6.4')).unknown).toEqual(['3.6.1 to 3.6.3'])
    expect(historyOf(end('3.7.0'), end('3.7.3')).unknown).toEqual([])
  })

  test('lie between builds that are no release, too', () => {
    const { points, unknown } = historyOf(end('3.6.15'), end('file:./etcd', '3.6.18'))
    expect(points.map((point) => point.asked)).toEqual(['3.6.15', '3.6.16', 'file:./etcd'])
    expect(unknown).toEqual(['3.6.17'])
  })
})

describe('releases of Go', () => {
  const history = historyOf(
    end('3.5.8+go1.19.13', '3.5.8', '1.19.13'),
    end('3.5.8+go1.26.5', '3.5.8', '1.26.5'),
  )
  test('are those that releases were built with, and the first of each series', () => {
    expect(history.axis).toBe('go')
    const [first, second] = history.points
    expect([first?.asked, second?.asked]).toEqual(['3.5.8+go1.19.13', '3.5.8+go1.20.10'])
    expect(history.points.map((point) => point.asked)).toContain('3.5.8+go1.21.0')
    expect(history.points.map((point) => point.asked)).toContain('3.5.8+go1.24.7')
    expect(history.points.at(-1)?.asked).toBe('3.5.8+go1.26.5')
    expect(history.unknown).toEqual([])
  })
  test('are not below what the module asks for', () => {
    const between = asked(end('file:./etcd', '3.5.16', '1.20.1'), end('3.5.16', '3.5.16', '1.24.0'))
    expect(between.slice(1, -1).every((one) => /go1\.2[234]/.test(one))).toBe(true)
  })
  test('build a release that the table does not name only where it was asked for as a module', () => {
    const [old, young] = [['3.6.18', '1.26.5'] as const, ['3.6.18', '1.26.10'] as const]
    expect(asked(end('module:3.6.18+go1.26.5', ...old), end('module:3.6.18', ...young))).toEqual([
      ...['module:3.6.18+go1.26.5', 'module:3.6.18+go1.26.8', 'module:3.6.18'],
    ])
    expect(asked(end('file:./a', ...old), end('file:./b', ...young))).toHaveLength(2)
  })
  test('have nothing between two builds of the same version and Go', () => {
    expect(asked(end('3.6.16'), end('bent:ip-san-ignored@3.6.16', '3.6.16'))).toHaveLength(2)
  })
})

test.each([
  [end('3.6.16'), end('3.5.35')],
  [end('3.5.8+go1.26.5', '3.5.8', '1.26.5'), end('3.5.8', '3.5.8', '1.19.8')],
])('the newer one first is turned away', (from, to) => {
  expect(() => historyOf(from, to)).toThrow(HarnessError)
  expect(() => historyOf(from, to)).toThrow(/write the older build first/)
})
