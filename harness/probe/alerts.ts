import type { Alert } from './observation.ts'

/** Alert descriptions: RFC 8446 6, RFC 5246 7.2, RFC 7507 (86), RFC 6066 9 (111–114), RFC 7301 (120). */
const names: Readonly<Record<number, string>> = {
  0: 'close_notify',
  10: 'unexpected_message',
  20: 'bad_record_mac',
  21: 'decryption_failed',
  22: 'record_overflow',
  30: 'decompression_failure',
  40: 'handshake_failure',
  41: 'no_certificate',
  42: 'bad_certificate',
  43: 'unsupported_certificate',
  44: 'certificate_revoked',
  45: 'certificate_expired',
  46: 'certificate_unknown',
  47: 'illegal_parameter',
  48: 'unknown_ca',
  49: 'access_denied',
  50: 'decode_error',
  51: 'decrypt_error',
  60: 'export_restriction',
  70: 'protocol_version',
  71: 'insufficient_security',
  80: 'internal_error',
  86: 'inappropriate_fallback',
  90: 'user_canceled',
  100: 'no_renegotiation',
  109: 'missing_extension',
  110: 'unsupported_extension',
  111: 'certificate_unobtainable',
  112: 'unrecognized_name',
  113: 'bad_certificate_status_response',
  114: 'bad_certificate_hash_value',
  115: 'unknown_psk_identity',
  116: 'certificate_required',
  120: 'no_application_protocol',
}

/** Every alert number that has a name. */
export const alertNumbers: readonly number[] = Object.keys(names).map(Number)

export const alertName = (number: number): string => names[number] ?? `alert_${number}`

export const alert = (number: number, direction: Alert['direction']): Alert => ({
  number,
  name: alertName(number),
  direction,
})

/** The alert that OpenSSL says it received (`… SSL alert number 116`); undefined when it says none. */
export function alertIn(text: string): Alert | undefined {
  const number = /SSL alert number (\d{1,3})/.exec(text)?.[1]
  return number === undefined ? undefined : alert(Number(number), 'received')
}

/** An alert that a TLS server sent to a client that spoke in clear: a record of its own (RFC 5246 6.2.1, 7.2). */
export function alertRecord(text: string): Alert | undefined {
  const bytes = Buffer.from(text)
  const [type, major, , high, low, level, number] = bytes
  const fits = type === 21 && major === 3 && high === 0 && low === 2 && (level === 1 || level === 2)
  return fits && number !== undefined ? alert(number, 'received') : undefined
}
