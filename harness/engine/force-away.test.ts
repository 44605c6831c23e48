import { describe, expect, test } from 'vitest'
import { forceAway } from './force-away.ts'

describe('a container that is taken away by force', () => {
  const engine = (...errors: string[]) => {
    const left = [...errors]
    let asked = 0
    const remove = (): Promise<void> => {
      asked++
      const error = left.shift()
      return error === undefined ? Promise.resolve() : Promise.reject(new Error(error))
    }
    return { remove, asked: () => asked }
  }
  const ended =
    '(HTTP code 500) server error - Could not kill running container c0ffee, cannot remove - Container c0ffee is not running '

  test('goes, too, when its process ended just then', async () => {
    const { remove, asked } = engine(ended)
    await forceAway({ remove })
    expect(asked()).toBe(2)
  })

  test('stays for any other reason, and is not asked for ever', async () => {
    const busy = engine('device or resource busy')
    await expect(forceAway(busy)).rejects.toThrow('busy')
    expect(busy.asked()).toBe(1)
    await expect(forceAway(engine(ended, ended))).rejects.toThrow('is not running')
  })
})
