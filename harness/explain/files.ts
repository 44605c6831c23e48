import { readFile, stat } from 'node:fs/promises'
import { inputError } from '../errors.ts'
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
 * `not-pem`, `not-a-certificate`, `no-certificate`.
 */
export async function readCertificates(option: string, file: string): Promise<readonly Certificate[]> {
  const text = (await contentOf(option, file)).toString('latin1')
  const blocks = [...text.matchAll(/-----BEGIN ([^-\n]+)-----\r?\n([^-]*)-----END \1-----/g)]
  const other = blocks.find(([, label]) => label !== 'CERTIFICATE')
  if (other !== undefined) {
    const alone = blocks.every(([, label]) => label !== 'CERTIFICATE')
    throw inputError('not-a-certificate', `${option} ${file}${notThat(other[1] ?? '', alone)}.`)
  }
  if (blocks.length === 0) throw noPem(option, file, text)
  if (blocks.length > most)
    throw inputError(
      'file-too-long',
      `${option} ${file}: the file holds more than ${String(most)} certificates.`,
    )
  return blocks.map(([, , body = ''], n) => {
    try {
      return readCertificate(Buffer.from(body, 'base64'))
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
  return inputError(
    der ? 'not-pem' : 'no-certificate',
    der
      ? `${option} ${file} is DER, which etcd does not read; write it as PEM: openssl x509 -inform DER -in ${file}`
      : `${option} ${file} holds no certificate in PEM (-----BEGIN CERTIFICATE-----).`,
  )
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
  const found = await Promise.all(given.map(async (one) => (one.includes('=') ? [one] : linesOf(one))))
  return found.flat().flatMap((line) => {
    const records = line.includes('=')
      ? [recordOf(line)].filter((one) => one !== undefined)
      : lineRecords(line)
    if (records === undefined || (records.length === 0 && line.includes('=') && !/^\s*#/.test(line)))
      throw inputError(
        'not-a-record',
        `--resolv: ${JSON.stringify(line.slice(0, 80))} is no record; write b.example=10.0.0.2, 10.0.0.2=b.example, or a line of a hosts file.`,
      )
    return records
  })
}

const linesOf = async (file: string): Promise<string[]> =>
  (await contentOf('--resolv', file, '; a record is written as b.example=10.0.0.2'))
    .toString('utf8')
    .split('\n')

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
  if (content.includes('PRIVATE KEY-----'))
    throw inputError(
      'private-key',
      `${option} ${file} holds a private key, which is not needed here and was not read; give a file with the certificates alone.`,
    )
  return content
}
