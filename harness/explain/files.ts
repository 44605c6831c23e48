import { readFile, stat } from 'node:fs/promises'
import { inputError } from '../errors.ts'
import { privateKeyIn } from '../certify/private-keys.ts'
import { pemBlocks } from './pem.ts'
import { readCertificate, type Certificate } from './certificate.ts'
import { lineRecords, recordOf, type DnsRecord } from './resolver.ts'
import { readRevoked, type Revoked } from './revoked.ts'

/** Bytes of a file that is read at all: a bundle of all the web's authorities has 0.3 million. */
const limit = 2_000_000
/** Certificates of one file. */
const most = 500

/**
 * The certificates of a PEM file, in its order.
 * Errors (exit 2), each naming option and file, never what is in it: `file-missing`, `file-unreadable`, `file-too-long`, `private-key`,
 * `not-pem`, also for what etcd would pass over, `not-a-certificate`, `no-certificate`.
 */
export async function readCertificates(option: string, file: string): Promise<readonly Certificate[]> {
  const text = (await contentOf(option, file)).toString('latin1')
  const blocks = pemBlocks(text)
  const other = blocks.find(({ label }) => label !== 'CERTIFICATE')
  if (other !== undefined) {
    const alone = blocks.every(({ label }) => label !== 'CERTIFICATE')
    throw inputError('not-a-certificate', `${option} ${file}${notThat(other.label, alone)}.`)
  }
  if (blocks.length === 0) throw noPem(option, file, text)
  const passed = blocks.find((one) => one.passed !== undefined)
  if (passed !== undefined)
    throw inputError(
      'not-pem',
      `${option} ${file}: etcd would pass over the certificate of line ${String(passed.line)}, which ${String(passed.passed)}; mend the file.`,
    )
  if (blocks.length > most)
    throw inputError(
      'file-too-long',
      `${option} ${file}: the file holds more than ${String(most)} certificates.`,
    )
  return blocks.map(({ content }, n) => {
    try {
      return readCertificate(content)
    } catch (cause) {
      throw inputError(
        'not-a-certificate',
        `${option} ${file}: certificate ${String(n + 1)} of the file cannot be read.`,
        cause,
      )
    }
  })
}

/** What a PEM block is that is no certificate, and what to give instead. */
function notThat(label: string, alone: boolean): string {
  const block = /^[A-Z0-9 ]{1,40}$/.test(label) ? `"${label}"` : 'another block'
  if (!alone) return `: the file holds ${block} as well; give certificates alone`
  if (/^(NEW )?CERTIFICATE REQUEST$/.test(label)) return ' is a request; give the certificate that was issued'
  return ` holds ${block} and no certificate`
}

function noPem(option: string, file: string, text: string): Error {
  const der = text.startsWith('\x30')
  if (isPkcs12(text))
    return inputError(
      'not-pem',
      `${option} ${file} is PKCS #12, which etcd does not read; write its certificates as PEM: openssl pkcs12 -in ${file} -nokeys`,
    )
  return inputError(
    der ? 'not-pem' : 'no-certificate',
    der
      ? `${option} ${file} is DER, which etcd does not read; write it as PEM: openssl x509 -inform DER -in ${file}`
      : `${option} ${file} holds no certificate in PEM (-----BEGIN CERTIFICATE-----).`,
  )
}

/** PFX (RFC 7292 4): a sequence that begins with the version 3. */
function isPkcs12(text: string): boolean {
  const [tag, length = 0] = Buffer.from(text.slice(0, 2), 'latin1')
  const from = 2 + (length > 0x80 ? length - 0x80 : 0)
  return tag === 0x30 && Buffer.from(text.slice(from, from + 3), 'latin1').equals(Buffer.of(2, 1, 3))
}

/** The list of a CRL option; undefined where the file is not on this machine. Errors (exit 2): as above; `not-a-crl`. */
export async function readRevokedFile(option: string, file: string): Promise<Revoked | undefined> {
  if ((await stat(file).catch(() => undefined)) === undefined) return undefined
  const content = await contentOf(option, file)
  try {
    return readRevoked(file, content)
  } catch (cause) {
    throw inputError('not-a-crl', `${option} ${file} is no list of revoked certificates (RFC 5280 5).`, cause)
  }
}

/** What `--resolv` says: a record, or a file of them. Errors (exit 2): as above; `not-a-record`. */
export async function readRecords(given: readonly string[]): Promise<readonly DnsRecord[]> {
  const found = await Promise.all(
    given.map(async (one) => {
      if (!one.includes('=')) return recordsOfFile(one)
      const record = recordOf(one)
      if (record === undefined) throw noRecord(JSON.stringify(one.slice(0, 80)))
      return [record]
    }),
  )
  return found.flat()
}

/** What is in a file is not repeated: it may be another one than was meant. */
async function recordsOfFile(file: string): Promise<readonly DnsRecord[]> {
  const text = (await contentOf('--resolv', file, '; a record is written as b.example=10.0.0.2'))
    .toString('utf8')
    .replace(/^\ufeff/, '')
  return text.split('\n').flatMap((line, n) => {
    const records = lineRecords(line)
    if (records === undefined) throw noRecord(`line ${String(n + 1)} of ${file}`)
    return records
  })
}

const noRecord = (what: string): Error =>
  inputError(
    'not-a-record',
    `--resolv: ${what} is no record; write b.example=10.0.0.2, 10.0.0.2=b.example, or a line of a hosts file.`,
  )

async function contentOf(option: string, file: string, hint = ''): Promise<Buffer> {
  const found = await stat(file).catch(() => undefined)
  if (found === undefined)
    throw inputError('file-missing', `${option} ${file}: there is no such file${hint}.`)
  if (!found.isFile()) throw inputError('file-unreadable', `${option} ${file} is no file.`)
  if (found.size > limit)
    throw inputError('file-too-long', `${option} ${file} is too long: more than ${String(limit)} bytes.`)
  const content = await readFile(file).catch((cause: unknown) => {
    throw inputError('file-unreadable', `${option} ${file} cannot be read.`, cause)
  })
  if (privateKeyIn(content) !== undefined)
    throw inputError(
      'private-key',
      `${option} ${file} holds a private key, which is not needed here and was not read; give a file with the certificates alone.`,
    )
  return content
}
