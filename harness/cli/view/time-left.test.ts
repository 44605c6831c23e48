import { describe, expect, test } from 'vitest'
import { TimeLeft } from './time-left.ts'

/** 100 cells that take a second each, on a clock of our own. */
function run(subjects = 1) {
  let now = 1000
  const weights = new Map(Array.from({ length: 100 }, (_, n) => [`c${String(n)}`, 1]))
  const left = new TimeLeft(weights, () => now)
  for (let n = 0; n < subjects; n += 1) left.addSubject()
  let cell = 0
  const pass = (seconds: number): void => void (now += 1000 * seconds)
  const play = (cells: number, secondsEach = 1): void => {
    for (let n = 0; n < cells; n += 1) {
      pass(secondsEach)
      left.take(`c${String(cell++ % 100)}`)
    }
  }
  return { left, pass, play }
}
const seconds = (text: string | undefined): number => Number(/(\d+) s/.exec(text ?? '')?.[1])

describe('the time that is left', () => {
  test('is not guessed before something was seen', () => {
    const { left, pass, play } = run()
    expect(left.text()).toBeUndefined()
    pass(60)
    expect(left.text()).toBeUndefined()
    play(1)
    expect(left.text()).toBeUndefined()
  })
  test('is at an even pace what it is', () => {
    const { left, play } = run()
    play(10)
    expect(left.text()).toBe('about a minute left')
    play(50)
    expect(left.text()).toBe('about 40 s left')
    play(36)
    expect(left.text()).toBe('a few seconds left')
    play(4)
    expect(left.text()).toBe('a few seconds left')
  })
  test('counts what other subjects are yet to be asked', () => {
    const { left, play } = run(4)
    play(100)
    expect(left.text()).toBe('about 5 min left')
  })
  test('counts down while nothing comes, and never below nothing', () => {
    const { left, pass, play } = run()
    play(50)
    expect(seconds(left.text())).toBe(50)
    pass(20)
    expect(seconds(left.text())).toBe(30)
    pass(1000)
    expect(left.text()).toBe('a few seconds left')
  })
  test('does not jump when cells come in bursts', () => {
    const { left, pass, play } = run()
    play(50)
    const before = seconds(left.text())
    pass(10)
    play(10, 0)
    expect(Math.abs(seconds(left.text()) - (before - 10))).toBeLessThanOrEqual(5)
  })
  test('does not count the time of preparing', () => {
    const { left, pass, play } = run()
    pass(600)
    left.begin()
    play(50)
    expect(seconds(left.text())).toBe(50)
  })
})
