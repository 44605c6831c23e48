import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { sampleResult } from '../../../reports/testing/sample-parts.ts'
import type { RunEvent } from '../../run/events.ts'
import { sectionTotals } from './board.ts'
import { PlainView } from './plain-view.ts'
import type { Output } from './view.ts'
import { TimeLeft } from './time-left.ts'
import { TerminalView } from './terminal-view.ts'

const subject = '3.6.16@module+go1.26.10'
const cells = ['p/a/one:x=1', 'p/a/one:x=2', 'p/b/two']
const totals = sectionTotals(cells.map((cell) => ({ claimId: cell.replace(/:.*/, '') })))

const prepared: RunEvent = { kind: 'prepared', subject, milliseconds: 3210 }
const result = (cell: string, verdict: 'pass' | 'fail' | 'inconclusive' = 'pass'): RunEvent => ({
  kind: 'result',
  section: cell.split('/').slice(0, 2).join('/'),
  result: sampleResult(cell, subject, { verdict, promised: `promise of ${cell}` }),
})

class Screen implements Output {
  readonly isTTY = true
  readonly columns = 60
  #lines: string[] = ['']
  /** Does "n lines up", "clear to the end" and plain text, as a terminal does. */
  write(text: string): void {
    // eslint-disable-next-line no-control-regex -- they are what a terminal is moved by
    for (const [, up, rest = ''] of text.matchAll(/(?:\x1b\[(\d+)F\x1b\[J)?([\s\S][^\x1b]*)?/g)) {
      if (up !== undefined) this.#lines = [...this.#lines.slice(0, -1 - Number(up)), '']
      const [first = '', ...more] = rest.split('\n')
      this.#lines = [...this.#lines.slice(0, -1), (this.#lines.at(-1) ?? '') + first, ...more]
    }
  }
  get text(): string {
    return stripVTControlCharacters(this.#lines.join('\n'))
  }
}

describe('plain lines', () => {
  const play = async (...events: RunEvent[]): Promise<string[]> => {
    const written: string[] = []
    const view = new PlainView(totals, { color: false }, { write: (text) => written.push(text) })
    for (const event of events) view.onEvent(event)
    await view.end()
    await view.end()
    view.onEvent(result('p/b/two'))
    return written.join('').trimEnd().split('\n')
  }

  test('tell a section when it is complete, and at the end one that is not', async () => {
    const lines = await play(prepared, result('p/b/two'), result('p/a/one:x=1'))
    expect(lines).toEqual([
      `${subject} prepared in 3.2 s`,
      expect.stringMatching(/^p\/b .*✔ 1 .*1\/1$/),
      expect.stringMatching(/^p\/a .*✔ 1 .*1\/2$/),
    ])
  })

  test('count the cells of every subject', async () => {
    const lines = await play(prepared, prepared, result('p/b/two'), result('p/b/two'))
    expect(lines.at(-1)).toMatch(/^p\/b .*2\/2$/)
  })

  const other = '3.7.3@module+go1.26.10'
  const of = (build: string, event: RunEvent): RunEvent =>
    event.kind === 'result' ? { ...event, result: { ...event.result, subject: build } } : event

  test('tell a subject that has answered everything, where there are several', async () => {
    const all = cells.map((cell) => result(cell))
    const lines = await play(
      prepared,
      { ...prepared, subject: other },
      ...all,
      of(other, result('p/a/one:x=1')),
    )
    expect(lines[2]).toMatch(/^3\.6\.16@module\+go1\.26\.10 .*✔ 3 .*3\/3$/)
    expect(lines.filter((line) => line.startsWith(other))).toEqual([`${other} prepared in 3.2 s`])
    expect((await play(prepared, ...all)).filter((line) => line.startsWith(subject))).toHaveLength(1)
  })

  test('tell how far the run is when they have been silent for 30 s', () => {
    const written: string[] = []
    let now = 0
    const clock = (): number => now
    const left = new TimeLeft(new Map(cells.map((cell) => [cell, 1])), clock)
    const view = new PlainView(totals, { color: false }, { write: (text) => written.push(text) }, left, clock)
    const tell = (event: RunEvent, later: number): string[] => {
      now += later
      written.length = 0
      view.onEvent(event)
      return written
    }
    tell(prepared, 0)
    tell({ ...prepared, subject: other }, 0)
    expect(tell(result('p/a/one:x=1'), 29_999)).toEqual([])
    expect(tell(result('p/a/one:x=2'), 1)).toEqual(['2 of 6 cells, about 2 min left\n'])
    expect(tell(result('p/b/two'), 29_999)).toEqual([expect.stringContaining(subject)])
    expect(tell(of(other, result('p/a/one:x=1')), 29_999)).toEqual([])
  })

  test('tell the first failure in full, and only the first', async () => {
    const text = (
      await play(prepared, result('p/a/one:x=1', 'fail'), result('p/a/one:x=2', 'inconclusive'))
    ).join('\n')
    expect(text).toContain('promise of p/a/one:x=1')
    expect(text).not.toContain('promise of p/a/one:x=2')
  })

  test('tell progress of one step once within a while', async () => {
    const preparing = (text: string): RunEvent => ({ kind: 'preparing', text })
    const lines = await play(preparing('pull 1 %'), preparing('pull 2 %'), prepared, preparing('build'))
    expect(lines).toEqual(['preparing: pull 1 %', expect.stringContaining('prepared in'), 'preparing: build'])
  })
})

/** Events are shown one after another. */
const shown = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('a terminal', () => {
  const play = async (...events: RunEvent[]): Promise<string> => {
    const screen = new Screen()
    const view = new TerminalView(totals, { color: true, columns: 60 }, screen)
    for (const event of events) view.onEvent(event)
    await view.end()
    return screen.text
  }

  test('has one line per section, drawn over', async () => {
    const text = await play(prepared, result('p/a/one:x=1'), result('p/b/two'), result('p/a/one:x=2'))
    expect(text.match(/^p\/a .*$/gm)).toEqual([expect.stringMatching(/2\/2$/)])
    expect(text.match(/^p\/b .*$/gm)).toHaveLength(1)
  })

  test('counts the cells in its last line, with the time that is left, until it ends', async () => {
    const screen = new Screen()
    let now = 0
    const left = new TimeLeft(new Map(cells.map((cell) => [cell, 1])), () => now)
    const view = new TerminalView(totals, { color: false, columns: 60 }, screen, left)
    view.onEvent(prepared)
    await shown()
    for (const cell of ['p/a/one:x=1', 'p/b/two']) {
      now += 20_000
      view.onEvent(result(cell))
      await shown()
    }
    expect(screen.text.trimEnd().split('\n').at(-1)).toBe('2 of 3 cells, about 20 s left')
    await view.end()
    expect(screen.text).not.toContain('left')
  })

  test('keeps the first failure and notes above the block', async () => {
    const text = await play(
      prepared,
      result('p/b/two', 'fail'),
      { kind: 'note', text: 'a \x1b[2Jnote' },
      result('p/a/one:x=1'),
    )
    expect(text.indexOf('promise of p/b/two')).toBeLessThan(text.indexOf('note'))
    expect(text.indexOf('note')).toBeLessThan(text.search(/^p\/b .*1\/1$/m))
    expect(text.match(/^p\/b .*1\/1$/gm)).toHaveLength(1)
  })
})
