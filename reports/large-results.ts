import { closeSync, openSync, readSync } from 'node:fs'
import type { CellResult } from './schema.ts'

/** Where something stands in a file, in bytes. */
interface Place {
  readonly start: number
  readonly length: number
}

/** A results file that is read cell by cell. */
export interface LargeResults {
  /** All of the file but its cells, as JSON. */
  readonly frame: string
  /** Each cell, with its evidence left in the file until it is asked for. */
  readonly cells: CellResult[]
}

const [quote, backslash, open, close, openList, closeList, comma] = Array.from('"\\{}[],', (one) =>
  one.charCodeAt(0),
)
const pieceSize = 1024 * 1024

/**
 * Reads a results file of any size: a text of more than 512 MB cannot be held as one, and all cells of thirty builds as
 * values need gigabytes. `check` sees every cell whole, once; it may throw.
 * The file stays open until the process ends: it may be replaced, but must not be written to.
 * Errors: SyntaxError where a cell is not JSON; of what is no JSON outside of the cells the frame tells.
 */
export function readLarge(file: string, check: (cell: unknown, place: number) => void): LargeResults {
  const descriptor = openSync(file, 'r')
  const cells: CellResult[] = []
  const frame: Buffer[] = []
  try {
    for (const part of partsOf(descriptor)) {
      if (Buffer.isBuffer(part)) frame.push(part)
      else {
        const cell = JSON.parse(textAt(descriptor, part)) as CellResult
        check(cell, cells.length)
        cells.push(lazy(cell, descriptor, part))
      }
    }
  } catch (error) {
    closeSync(descriptor)
    throw error
  }
  return { frame: Buffer.concat(frame).toString(), cells }
}

/** In the order of the file: bytes of the frame, and where each value of its list `results` stands. */
function* partsOf(descriptor: number): Generator<Buffer | Place> {
  const scan = new Scan()
  let start = 0
  for (;;) {
    const piece = Buffer.alloc(pieceSize)
    const length = readSync(descriptor, piece, 0, pieceSize, start)
    if (length === 0) return
    yield* scan.parts(piece.subarray(0, length), start)
    start += length
  }
}

/** Follows strings and brackets from byte to byte. */
class Scan {
  #depth = 0
  #text = false
  #escaped = false
  /** The last text at the depth of the frame's names, with its closing quotation mark. */
  #name = ''
  /** Within the list of cells: what was there last. */
  #cells: 'none' | 'opened' | 'cell' | 'comma' = 'none'
  #cellStart = -1

  #beginText(): void {
    if (this.#cells !== 'none' && this.#depth === 2) throw new SyntaxError('a result is a text')
    this.#text = true
    if (this.#depth === 1) this.#name = ''
  }

  #inText(byte: number): void {
    if (this.#depth === 1) this.#name += String.fromCharCode(byte)
    if (this.#escaped) this.#escaped = false
    else if (byte === backslash) this.#escaped = true
    else if (byte === quote) this.#text = false
  }

  #beginValue(start: number): void {
    if (this.#cells === 'none' || this.#depth !== 2) return
    if (this.#cells === 'cell') throw new SyntaxError('a comma is missing between two results')
    this.#cellStart = start
  }

  #endCell(end: number): Place {
    this.#cells = 'cell'
    return { start: this.#cellStart, length: end - this.#cellStart }
  }

  #between(byte: number): void {
    if (byte !== comma || this.#cells !== 'cell') throw new SyntaxError('a result is missing or no object')
    this.#cells = 'comma'
  }

  *parts(piece: Buffer, offset: number): Generator<Buffer | Place> {
    // Where what belongs to the frame begins; none within the list of cells.
    let from = this.#cells === 'none' ? 0 : -1
    for (let at = 0; at < piece.length; at += 1) {
      const byte = piece[at] ?? 0
      if (this.#text) this.#inText(byte)
      else if (byte === quote) this.#beginText()
      else if (byte === open || byte === openList) {
        this.#beginValue(offset + at)
        this.#depth += 1
        if (this.#depth !== 2 || byte !== openList || this.#name !== 'results"') continue
        this.#cells = 'opened'
        yield piece.subarray(from, at + 1)
        from = -1
      } else if (byte === close || byte === closeList) {
        this.#depth -= 1
        if (this.#cells === 'none') continue
        if (this.#depth === 2) yield this.#endCell(offset + at + 1)
        if (this.#depth !== 1) continue
        if (this.#cells === 'comma') throw new SyntaxError('a result is missing after the last comma')
        this.#cells = 'none'
        from = at
      } else if (this.#cells !== 'none' && this.#depth === 2 && !isSpace(byte)) this.#between(byte)
    }
    if (from >= 0) yield piece.subarray(from)
  }
}

const isSpace = (byte: number): boolean => byte === 32 || byte === 10 || byte === 13 || byte === 9

function textAt(descriptor: number, { start, length }: Place): string {
  const bytes = Buffer.alloc(length)
  readSync(descriptor, bytes, 0, length, start)
  return bytes.toString()
}

/** What makes nine tenths of a cell, and few reports look at. */
const heavy = [
  'probe',
  'control',
  'again',
  'without',
  'health',
  'timeline',
  'world',
  'log',
  'byHand',
] as const

/** The cell with its evidence as getters: to whoever reads it there is no difference. */
function lazy(cell: CellResult, descriptor: number, place: Place): CellResult {
  const light = { ...cell }
  for (const name of heavy) {
    if (!(name in cell)) continue
    const get = () => cellAt(descriptor, place)[name]
    Object.defineProperty(light, name, { get, enumerable: true, configurable: true })
  }
  return light
}

/** The cell that was read last: a report asks one cell for all that it has. */
let last: { readonly descriptor: number; readonly start: number; readonly cell: CellResult } | undefined

function cellAt(descriptor: number, place: Place): CellResult {
  if (last?.descriptor !== descriptor || last.start !== place.start) {
    const cell = JSON.parse(textAt(descriptor, place)) as CellResult
    last = { descriptor, start: place.start, cell }
  }
  return last.cell
}
