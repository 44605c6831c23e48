/** Writing and reading TLS vectors (RFC 8446 3): big-endian numbers, bytes behind their length. */

export const u8 = (value: number): Buffer => Buffer.from([value])
export const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff])
export const u24 = (value: number): Buffer => Buffer.from([value >> 16, (value >> 8) & 0xff, value & 0xff])

export const vector8 = (...parts: readonly Buffer[]): Buffer => behind(u8, parts)
export const vector16 = (...parts: readonly Buffer[]): Buffer => behind(u16, parts)
export const vector24 = (...parts: readonly Buffer[]): Buffer => behind(u24, parts)

function behind(length: (value: number) => Buffer, parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([length(body.length), body])
}

/** What came is not TLS as the RFCs write it. */
export class Malformed extends Error {}

/** Reads a message from its start; every read past its end throws Malformed. */
export class Reader {
  #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  bytes(length: number): Buffer {
    if (length > this.left) throw new Malformed(`a field of ${length} bytes, ${this.left} are left`)
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }

  number(length: 1 | 2 | 3): number {
    return this.bytes(length).readUIntBE(0, length)
  }

  /** The bytes behind a length of 1, 2 or 3 bytes. */
  vector(length: 1 | 2 | 3): Reader {
    return new Reader(this.bytes(this.number(length)))
  }

  rest(): Buffer {
    return this.bytes(this.left)
  }
}
