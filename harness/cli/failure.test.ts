import { writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { HarnessError, inputError } from '../errors.ts'
import { explainFailure } from './failure.ts'

function told(error: unknown, debug = false): { exit: number; text: string } {
  let text = ''
  const exit = explainFailure(error, (more) => (text += more), debug)
  return { exit, text }
}

describe('a failure is told', () => {
  test('in its own sentence and with its own status', () => {
    expect(told(inputError('x', 'Name a file.'))).toEqual({ exit: 2, text: 'etcd-tls: Name a file.\n' })
    expect(told(new HarnessError('x', 'One.\nTwo.'))).toEqual({ exit: 3, text: 'etcd-tls: One.\nTwo.\n' })
  })

  test('as unforeseen when nobody made it for a person', () => {
    const { exit, text } = told(new TypeError('x is undefined'))
    expect(exit).toBe(3)
    expect(text).toBe('etcd-tls: unforeseen failure: x is undefined\nETCD_TLS_DEBUG=1 shows where.\n')
  })

  test.runIf(process.platform === 'linux')('of a full disk as such', async () => {
    const error: unknown = await writeFile('/dev/full', 'a').catch((reason: unknown) => reason)
    const { exit, text } = told(error)
    expect(exit).toBe(3)
    expect(text).toMatch(
      /^etcd-tls: Nothing more could be written: no space is left [^]* not whole; make room/,
    )
    expect(text).not.toContain('unforeseen')
  })

  test('with stack and cause on demand', () => {
    const { text } = told(new HarnessError('x', 'Outer.', { cause: new Error('inner') }), true)
    expect(text).toMatch(/Outer\.[\s\S]*failure\.test\.ts[\s\S]*caused by Error: inner/)
  })

  test('without control characters of a stranger', () => {
    expect(told(inputError('x', 'bad \x1b[31m name')).text).not.toContain('\x1b')
  })
})
