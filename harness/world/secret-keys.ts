import { createPrivateKey, type JsonWebKey } from 'node:crypto'
import { passphrase } from '../../fixtures/pki/key-text.ts'
import { SecretBytes } from './secret-bytes.ts'

/** What stands in the place of a private key. */
export const blank = '[private key]'

const begin = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/
const end = /-----END [A-Z0-9 ]*PRIVATE KEY-----/
/** As far as it goes on one line; in a text with quotation marks of its own no further than to the next of them. */
const inOneLine = new RegExp(`${begin.source}[^"]*?(?:${end.source}|(?=")|$)`, 'g')
const block = new RegExp(`${begin.source}(.*?)${end.source}`, 'gs')
/** A line between the first and the last: base64, a header (RFC 1421), or nothing. */
const inside = /^\s*(?:[A-Za-z0-9+/]+=*|(?:Proc-Type|DEK-Info): .*)?\s*$/

/** The private keys that a world gave out: what its processes say of them is kept nowhere. */
export class SecretKeys {
  readonly #known = new Set<string>()
  readonly #secrets = new SecretBytes()

  /** Takes in the private keys of a PEM text, if it has any. */
  learn(pem: string): void {
    if (!begin.test(pem) || this.#known.has(pem)) return
    this.#known.add(pem)
    for (const [key, body = ''] of pem.matchAll(block)) {
      const secret = secretNumbers(key)
      for (const number of secret) this.#secrets.add(number)
      const lines = body.split(/\r?\n/).filter((line) => line !== '' && !line.includes(':'))
      for (const line of lines) {
        this.#secrets.addWord(line)
        // What is encrypted has no public part; else what is public is in certificates, too, where it stays.
        this.#secrets.addText(secret.length === 0 ? line : this.#secrets.spanIn(line))
      }
    }
  }

  /** Takes private keys out of the lines of one stream, which have to come in their order. */
  reader(): (line: string) => string {
    let within = false
    return (line) => {
      const text = line.includes('PRIVATE KEY-----') ? line.replaceAll(inOneLine, blank) : line
      const goesOn = within && (inside.test(line) || end.test(line))
      within = (goesOn && !end.test(line)) || (begin.test(line) && !end.test(line))
      return goesOn ? blank : this.#secrets.takenOutOf(text, blank)
    }
  }

  /** The same of a whole text. */
  takenOutOf(text: string): string {
    const read = this.reader()
    return text
      .split('\n')
      .map((line) => read(line))
      .join('\n')
  }
}

/** The numbers that nobody else may know (RFC 7518 6.2.2, 6.3.2); none where the key cannot be read without a passphrase. */
function secretNumbers(pem: string): Buffer[] {
  const { d, p, q, dp, dq, qi } = readable(pem)
  return [d, p, q, dp, dq, qi].flatMap((one) => (one === undefined ? [] : [Buffer.from(one, 'base64url')]))
}

/** An encrypted one opens to the same numbers, but is told apart: its text is secret as a whole. */
function readable(pem: string): JsonWebKey {
  try {
    return pem.includes('ENCRYPTED')
      ? {}
      : createPrivateKey({ key: pem, passphrase }).export({ format: 'jwk' })
  } catch {
    return {}
  }
}
