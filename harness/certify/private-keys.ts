import { createPrivateKey } from 'node:crypto'

/** PEM in any of its kinds: PKCS #8, encrypted or not, PKCS #1, SEC 1, OpenSSH, age. */
const pem = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----|AGE-SECRET-KEY-1/
/** Base64, also broken into lines, or with the line ends of a JSON text in it; no shorter key than an Ed25519 one. */
const base64 = /(?:[A-Za-z0-9+/_-](?:\\r|\\n|[\r\n\t ])*){60,}={0,2}/g
const hexadecimal = /(?:[0-9A-Fa-f]{2}[: ]?){44,}/g

/** What kind of private key a file holds, in words; undefined where none was found. Pure. */
export function privateKeyIn(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  if (pem.test(text)) return 'a private key in PEM'
  if (holdsDer(Buffer.from(bytes))) return 'a private key in DER'
  for (const [run] of text.matchAll(base64))
    if (holdsEncoded(run.replaceAll(/\\[rn]|\s/g, ''), 'base64')) return 'a private key in base64'
  for (const [run] of text.matchAll(hexadecimal))
    if (holdsEncoded(run.replaceAll(/[: ]/g, ''), 'hex')) return 'a private key in hexadecimal'
  return undefined
}

/** Of base64 PEM may be what is encoded. Text before it may have moved it out of its groups: each way is tried. */
function holdsEncoded(run: string, encoding: 'base64' | 'hex'): boolean {
  const group = encoding === 'hex' ? 2 : 4
  return Array.from({ length: group }, (_, skip) => Buffer.from(run.slice(skip), encoding)).some(
    (bytes) => pem.test(bytes.toString('latin1')) || holdsDer(bytes),
  )
}

/** A SEQUENCE whose first field is the version that private keys begin with: 0 (PKCS #8, PKCS #1) or 1 (SEC 1). */
function holdsDer(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(0x30); at !== -1; at = bytes.indexOf(0x30, at + 1)) {
    const head = headOf(bytes, at)
    if (head !== undefined && isKey(bytes.subarray(at, head))) return true
  }
  return false
}

/** End of the SEQUENCE that begins there, if a version of a private key follows. */
function headOf(bytes: Buffer, at: number): number | undefined {
  const first = bytes[at + 1] ?? 0
  const more = first < 0x80 ? 0 : first - 0x80
  if (more > 3) return undefined
  const length =
    more === 0 ? first : bytes.subarray(at + 2, at + 2 + more).reduce((sum, one) => sum * 256 + one, 0)
  const body = at + 2 + more
  const versioned = bytes[body] === 2 && bytes[body + 1] === 1 && (bytes[body + 2] ?? 9) <= 1
  return versioned && length >= 40 && body + length <= bytes.length ? body + length : undefined
}

const isKey = (key: Buffer): boolean =>
  (['pkcs8', 'pkcs1', 'sec1'] as const).some((type) => {
    try {
      createPrivateKey({ key, format: 'der', type })
      return true
    } catch {
      return false
    }
  })
