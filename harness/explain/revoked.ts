import semver from 'semver'
import { decode } from '../../fixtures/pki/der.ts'
import { numberOf } from '../../fixtures/step.ts'
import { bytes, isInteger, isTagged, item, items, smallNumber } from './asn1.ts'
import type { Certificate } from './certificate.ts'
import { pemBlocks } from './pem.ts'
import type { Check } from './explanation.ts'

/** A list of revoked certificates, RFC 5280 5.1, as it lies in its file. */
export interface Revoked {
  readonly file: string
  /** `hidden`: PEM with something in front, which etcd takes for DER. */
  readonly form: 'PEM' | 'DER' | 'hidden'
  /** 1 or 2. */
  readonly version: number
  /** Hexadecimal, without leading zeros and without a sign. */
  readonly serials: readonly string[]
}

/** Errors: Error for what is no such list. */
export function readRevoked(file: string, content: Buffer): Revoked {
  const text = content.toString('latin1')
  const pem = /-----BEGIN X509 CRL-----([^-]+)-----END X509 CRL-----/.exec(text)
  const der = pem === null ? content : Buffer.from(pem[1] ?? '', 'base64')
  const hidden = pem !== null && (pem.index > 0 || pemBlocks(text)[0]?.passed !== undefined)
  const fields = items(item(decode(der), 0))
  // Entries are the first sequence of sequences behind the two times: version?, algorithm, issuer, this, next?, entries?, extensions?
  const entries = fields
    .slice(isInteger(fields[0]) ? 4 : 3)
    .find((one) => Array.isArray(one.value) && !isTagged(one, 0))
  const serials =
    entries === undefined ? [] : items(entries).map((entry) => serialText(bytes(item(entry, 0))))
  const version = isInteger(fields[0]) ? smallNumber(item(item(decode(der), 0), 0)) + 1 : 1
  return { file, form: pem === null ? 'DER' : hidden ? 'hidden' : 'PEM', version, serials }
}

/** `big.Int.Bytes` leaves the sign out: -1 and 1 are one number to etcd. */
function serialText(serial: Buffer): string {
  const number = BigInt.asIntN(8 * serial.length, BigInt(`0x0${serial.toString('hex')}`))
  const text = (number < 0n ? -number : number).toString(16)
  return text.length % 2 === 0 ? text : `0${text}`
}

/**
 * `checkCRL` of transport/listener_tls.go: every certificate that was sent, by its serial number alone; who signed the list and
 * until when it holds is not asked. From 3.6.0 on the file must be DER (`ParseRevocationList`), before PEM will do (`ParseCRL`). Pure.
 */
export function revokedCheck(
  sent: readonly Certificate[],
  list: Revoked | string,
  etcd: string,
  option: string,
): Check {
  if (typeof list === 'string')
    return {
      id: 'revoked',
      mark: 'open',
      why: `${list}, the file of --${option}, is not here, so who is revoked is not known`,
    }
  if (list.form === 'hidden')
    return {
      id: 'revoked',
      mark: 'bad',
      why: `${list.file} has something in front of its PEM or in it, so that etcd cannot read it, and turns everybody away`,
      mend: `write the list as DER: openssl crl -in ${list.file} -outform DER`,
    }
  if (list.form === 'DER' && list.version === 1 && semver.gte(numberOf(etcd), '3.6.0'))
    return {
      id: 'revoked',
      mark: 'bad',
      why: `${list.file} is a list of version 1, which etcd ${etcd} cannot read, and so it turns everybody away`,
      mend: 'write a list of version 2 (crl_extensions of openssl ca)',
    }
  if (list.form === 'PEM' && semver.gte(numberOf(etcd), '3.6.0'))
    return {
      id: 'revoked',
      mark: 'bad',
      why: `${list.file} is PEM, which etcd ${etcd} cannot read, and so it turns everybody away`,
      mend: `write the list as DER: openssl crl -in ${list.file} -outform DER`,
    }
  const found = sent.find(({ serial }) => list.serials.includes(serialText(serial)))
  if (found === undefined)
    return { id: 'revoked', mark: 'good', why: `its serial number is not on the list ${list.file}` }
  return {
    id: 'revoked',
    mark: 'bad',
    why: `the serial number ${serialText(found.serial)} of "${found.subjectText}" is on the list ${list.file}`,
    mend: 'issue it anew, with another serial number',
  }
}
