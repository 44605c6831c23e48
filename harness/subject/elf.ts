/** What the head of an ELF file says (System V ABI, chapter 4 and 5; 64 bit, little endian). */
export interface Elf {
  /** Architecture in Go's words, or the machine's number. */
  readonly arch: string
  /** No program interpreter is asked for: it runs in an empty image. */
  readonly static: boolean
}

const machines: Readonly<Record<number, string>> = { 62: 'amd64', 183: 'arm64', 22: 's390x', 21: 'ppc64le' }
const programInterpreter = 3

/** Reads the head of a file; undefined when it is no 64-bit little-endian ELF executable. */
export function readElf(head: Buffer): Elf | undefined {
  if (head.length < 64 || head.readUInt32BE(0) !== 0x7f454c46) return undefined
  const [bits, order] = [head[4], head[5]]
  const type = head.readUInt16LE(16)
  // 2: 64 bit; 1: little endian; types 2 and 3: executable, position-independent executable.
  if (bits !== 2 || order !== 1 || (type !== 2 && type !== 3)) return undefined
  const segments = segmentTypes(head)
  if (segments === undefined) return undefined
  const machine = head.readUInt16LE(18)
  return {
    arch: machines[machine] ?? `machine ${String(machine)}`,
    static: !segments.includes(programInterpreter),
  }
}

/** Undefined when the program headers are not within the head. */
function segmentTypes(head: Buffer): number[] | undefined {
  const offset = Number(head.readBigUInt64LE(32))
  const [size, count] = [head.readUInt16LE(54), head.readUInt16LE(56)]
  if (count === 0 || size < 56 || offset + size * count > head.length) return undefined
  return Array.from({ length: count }, (_, index) => head.readUInt32LE(offset + index * size))
}
