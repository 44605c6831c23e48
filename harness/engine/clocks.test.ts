import { describe, expect, test } from 'vitest'
import { checkClocks, clockLimit, ClockWatch } from './clocks.ts'

describe('the clocks of this host and of the engine', () => {
  const [asked, answered] = [1_000_000, 1_020_000]

  test.each([asked - clockLimit, asked, answered, answered + clockLimit, NaN])(
    'are one where the call explains the difference, or nothing is told (%d)',
    (told) => {
      expect(() => checkClocks({ asked, told, answered })).not.toThrow()
    },
  )

  test.each([
    [answered + 10_800_000, '10800 s ahead of'],
    [asked - clockLimit - 1000, '6 s behind'],
  ])('are apart beyond it (%d)', (told, words) => {
    const message = expect.stringContaining(`engine is ${words} this host's`) as string
    expect(() => checkClocks({ asked, told, answered })).toThrow(
      expect.objectContaining({ code: 'clocks-apart', exit: 3, message }),
    )
  })
})

describe('a clock that is watched', () => {
  let [wall, steady] = [0, 0]
  const watch = (): ClockWatch => {
    ;[wall, steady] = [1_700_000_000_000, 5_000]
    return new ClockWatch(
      () => wall,
      () => steady,
    )
  }
  const pass = (milliseconds: number): void => {
    wall += milliseconds
    steady += milliseconds
  }

  test('may go on for as long as it likes, and be slewed', () => {
    const watched = watch()
    pass(3_000_000)
    wall += 2_000
    expect(watched.problem()).toBeUndefined()
  })

  test.each([
    [10_800_000, '10800 s forward'],
    [-60_000, '60 s back'],
  ])('is told where it was set by %d ms', (by, words) => {
    const watched = watch()
    pass(40_000)
    wall += by
    pass(40_000)
    expect(watched.problem()).toContain(words)
  })

  test('is told where it was set and set back, and somebody looked between', () => {
    const watched = watch()
    wall += 3_600_000
    watched.look()
    wall -= 3_600_000
    expect(watched.problem()).toContain('3600 s forward')
  })
})
