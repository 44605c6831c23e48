import { open } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { readElf } from './elf.ts'

/** A head with the given program headers. */
function head({ machine = 62, type = 2, bits = 2, segments = [6, 1] } = {}): Buffer {
  const made = Buffer.alloc(64 + 56 * segments.length)
  made.writeUInt32BE(0x7f454c46, 0)
  made.set([bits, 1], 4)
  made.writeUInt16LE(type, 16)
  made.writeUInt16LE(machine, 18)
  made.writeBigUInt64LE(64n, 32)
  made.writeUInt16LE(56, 54)
  made.writeUInt16LE(segments.length, 56)
  segments.forEach((segment, index) => made.writeUInt32LE(segment, 64 + index * 56))
  return made
}

test('a program without interpreter is static', () => {
  expect(readElf(head())).toEqual({ arch: 'amd64', static: true })
  expect(readElf(head({ segments: [6, 3, 1] }))).toEqual({ arch: 'amd64', static: false })
  expect(readElf(head({ machine: 183 }))?.arch).toBe('arm64')
  expect(readElf(head({ machine: 8 }))?.arch).toBe('machine 8')
})

test.runIf(process.platform === 'linux')('node itself is a dynamic program', async () => {
  await using file = await open(process.execPath)
  const { buffer } = await file.read({ buffer: Buffer.alloc(65_536) })
  expect(readElf(buffer)?.static).toBe(false)
})

describe('what is no program', () => {
  test.each([
    ['text', Buffer.from('#!/bin/sh\n'.repeat(20))],
    ['nothing', Buffer.alloc(0)],
    ['a library or an object', head({ type: 1 })],
    ['32 bits', head({ bits: 1 })],
    ['no program headers', head({ segments: [] })],
    ['a head that is cut', head().subarray(0, 80)],
  ])('%s', (_, bytes) => {
    expect(readElf(bytes)).toBeUndefined()
  })
})
