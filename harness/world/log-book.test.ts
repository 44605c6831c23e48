import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { LogBook } from './log-book.ts'

function book() {
  const log = new LogBook()
  const writer = log.writer()
  return { log, writer, write: (text: string | Uint8Array) => writer.write(Buffer.from(text)) }
}
const raws = (log: LogBook) => log.lines.map(({ raw }) => raw)

describe('lines', () => {
  test('come whole, however the stream is cut', () => {
    const { log, write } = book()
    for (const piece of ['on', 'e\ntw', 'o\r\n', '\n', 'thr']) write(piece)
    expect(raws(log)).toEqual(['one', 'two', ''])
    write('ee\n')
    expect(raws(log)).toEqual(['one', 'two', '', 'three'])
    expect(log.lines.map(({ index }) => index)).toEqual([0, 1, 2, 3])
  })
  test('keep a character that was cut in two', () => {
    const { log, write } = book()
    const [a, b] = [Buffer.from('é\n').subarray(0, 1), Buffer.from('é\n').subarray(1)]
    write(a)
    write(b)
    expect(raws(log)).toEqual(['é'])
  })
  test('of two streams do not mix', () => {
    const { log, write } = book()
    const other = log.writer()
    write('out ')
    other.write(Buffer.from('err\n'))
    write('put\n')
    expect(raws(log)).toEqual(['err', 'out put'])
  })
  test('end with the stream, also without a line break', () => {
    const { log, writer, write } = book()
    write('last words')
    writer.end()
    writer.end()
    expect(raws(log)).toEqual(['last words'])
  })
})

describe('a subject that never stops talking', () => {
  test('is cut per line, and the next line is whole', () => {
    const { log, write } = book()
    write(`${'x'.repeat(10_000)}`)
    write(`${'x'.repeat(10_000)}`)
    write('x\nnext\n')
    expect(log.lines[0]?.raw.length).toBe(4_096)
    expect(log.lines[1]?.raw).toBe('next')
    expect(log.overflowed).toBe(true)
  })
  test('without a line break does not fill the memory', () => {
    const { log, writer, write } = book()
    for (let n = 0; n < 100; n++) write('y'.repeat(100_000))
    writer.end()
    expect(raws(log).map((raw) => raw.length)).toEqual([4_096])
  })
  test('is cut at 20000 lines', () => {
    const { log, write } = book()
    write('line\n'.repeat(25_000))
    expect(log.lines.length).toBe(20_000)
    expect(log.overflowed).toBe(true)
  })
  test('and one that does not has nothing cut', () => {
    const { log, write } = book()
    write('a\nb\n')
    expect(log.overflowed).toBe(false)
  })
})

describe('waiting for a line', () => {
  const fits = ({ message }: { message: string }) => message.startsWith('wanted')

  test('ends at once with one that is there, not older than asked', async () => {
    const { log, write } = book()
    write('wanted 0\nother\nwanted 2\n')
    expect((await log.waitFor(fits, { limit: 0 }))?.index).toBe(0)
    expect((await log.waitFor(fits, { limit: 0, from: 1 }))?.index).toBe(2)
    expect(await log.waitFor(fits, { limit: 0, from: 3 })).toBeUndefined()
  })
  test('ends with the first that comes', async () => {
    const { log, write } = book()
    const wait = log.waitFor(fits, { limit: 10_000, from: 0 })
    write('other\nwanted 1\nwanted 2\n')
    expect((await wait)?.index).toBe(1)
  })
  test('takes no line from before `from` that comes late', async () => {
    const { log, write } = book()
    const wait = log.waitFor(fits, { limit: 10_000, from: 2 })
    write('wanted 0\nwanted 1\nwanted 2\n')
    expect((await wait)?.index).toBe(2)
  })
  test('ends with its limit', async () => {
    const began = performance.now()
    expect(await book().log.waitFor(fits, { limit: 30 })).toBeUndefined()
    expect(performance.now() - began).toBeGreaterThan(20)
  })
  test('ends with the process, and leaves its last words to be seen', async () => {
    const { log, write } = book()
    const ended = new AbortController()
    const wait = log.waitFor(fits, { limit: 10_000, signal: ended.signal })
    ended.abort()
    expect(await wait).toBeUndefined()
    write('wanted\n')
    expect((await log.waitFor(fits, { limit: 10_000, signal: ended.signal }))?.index).toBe(0)
  })
  test('that goes wrong is the error of who waits, not of the stream', async () => {
    const { log, write } = book()
    const wait = log.waitFor(
      () => {
        throw new Error('a bad table')
      },
      { limit: 10_000 },
    )
    expect(() => write('a\n')).not.toThrow()
    await expect(wait).rejects.toThrow('a bad table')
    await setImmediate()
    expect(raws(log)).toEqual(['a'])
  })
})
