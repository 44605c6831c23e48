import { mirror } from '../../fixtures/pki/mirror.ts'
import { PkiError } from '../../fixtures/pki/error.ts'
import { HarnessError } from '../errors.ts'
import type { Certificate } from '../explain/certificate.ts'
import type { Question } from '../explain/question.ts'
import type { Pair } from './bench.ts'

/** The certificates of a question, made after with new keys, as PEM. */
export interface MirroredFiles {
  readonly cert: Pair | undefined
  readonly server: Pair | undefined
  readonly ca: string | undefined
  readonly clientCa: string | undefined
}

/** Errors: HarnessError `not-provable` where something of them cannot be made here. */
export function mirrored(question: Question, addresses: ReadonlyMap<string, string>): MirroredFiles {
  const { cert = [], server = [], ca = [], clientCa = [] } = question
  try {
    const copy = mirror(
      [...cert, ...server, ...ca, ...clientCa].map(({ der }) => der),
      addresses,
    )
    const pem = (all: readonly Certificate[] | undefined): string | undefined =>
      all?.map(({ der }) => copy.of(der).pem).join('')
    const pair = (all: readonly Certificate[]): Pair | undefined => {
      const [leaf] = all
      if (leaf === undefined) return undefined
      const key = copy.of(leaf.der).key.export({ type: 'pkcs8', format: 'pem' }).toString()
      return { cert: pem(all) ?? '', key }
    }
    return { cert: pair(cert), server: pair(server), ca: pem(question.ca), clientCa: pem(question.clientCa) }
  } catch (cause) {
    if (!(cause instanceof PkiError)) throw cause
    throw new HarnessError('not-provable', `--prove: ${cause.message}`, { cause })
  }
}
