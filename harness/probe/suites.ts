import { HarnessError } from '../errors.ts'

/** IANA name, code, OpenSSL name. All that Go's crypto/tls ever had (cipher_suites.go), and some it never had. */
const table: readonly (readonly [string, number, string])[] = [
  ['TLS_AES_128_GCM_SHA256', 0x1301, 'TLS_AES_128_GCM_SHA256'],
  ['TLS_AES_256_GCM_SHA384', 0x1302, 'TLS_AES_256_GCM_SHA384'],
  ['TLS_CHACHA20_POLY1305_SHA256', 0x1303, 'TLS_CHACHA20_POLY1305_SHA256'],
  ['TLS_RSA_WITH_RC4_128_SHA', 0x0005, 'RC4-SHA'],
  ['TLS_RSA_WITH_3DES_EDE_CBC_SHA', 0x000a, 'DES-CBC3-SHA'],
  ['TLS_RSA_WITH_AES_128_CBC_SHA', 0x002f, 'AES128-SHA'],
  ['TLS_RSA_WITH_AES_256_CBC_SHA', 0x0035, 'AES256-SHA'],
  ['TLS_RSA_WITH_AES_128_CBC_SHA256', 0x003c, 'AES128-SHA256'],
  ['TLS_RSA_WITH_AES_128_GCM_SHA256', 0x009c, 'AES128-GCM-SHA256'],
  ['TLS_RSA_WITH_AES_256_GCM_SHA384', 0x009d, 'AES256-GCM-SHA384'],
  ['TLS_ECDHE_ECDSA_WITH_RC4_128_SHA', 0xc007, 'ECDHE-ECDSA-RC4-SHA'],
  ['TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA', 0xc009, 'ECDHE-ECDSA-AES128-SHA'],
  ['TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA', 0xc00a, 'ECDHE-ECDSA-AES256-SHA'],
  ['TLS_ECDHE_RSA_WITH_RC4_128_SHA', 0xc011, 'ECDHE-RSA-RC4-SHA'],
  ['TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA', 0xc012, 'ECDHE-RSA-DES-CBC3-SHA'],
  ['TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA', 0xc013, 'ECDHE-RSA-AES128-SHA'],
  ['TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA', 0xc014, 'ECDHE-RSA-AES256-SHA'],
  ['TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256', 0xc023, 'ECDHE-ECDSA-AES128-SHA256'],
  ['TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256', 0xc027, 'ECDHE-RSA-AES128-SHA256'],
  ['TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', 0xc02b, 'ECDHE-ECDSA-AES128-GCM-SHA256'],
  ['TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', 0xc02c, 'ECDHE-ECDSA-AES256-GCM-SHA384'],
  ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 0xc02f, 'ECDHE-RSA-AES128-GCM-SHA256'],
  ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 0xc030, 'ECDHE-RSA-AES256-GCM-SHA384'],
  ['TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256', 0xcca8, 'ECDHE-RSA-CHACHA20-POLY1305'],
  ['TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256', 0xcca9, 'ECDHE-ECDSA-CHACHA20-POLY1305'],
  // Never in Go.
  ['TLS_RSA_WITH_NULL_SHA', 0x0002, 'NULL-SHA'],
  ['TLS_RSA_WITH_RC4_128_MD5', 0x0004, 'RC4-MD5'],
  ['TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA', 0x0016, 'DHE-RSA-DES-CBC3-SHA'],
  ['TLS_DH_anon_WITH_AES_128_CBC_SHA', 0x0034, 'ADH-AES128-SHA'],
  ['TLS_DHE_RSA_WITH_AES_128_CBC_SHA', 0x0033, 'DHE-RSA-AES128-SHA'],
  ['TLS_DHE_RSA_WITH_AES_256_CBC_SHA', 0x0039, 'DHE-RSA-AES256-SHA'],
  ['TLS_RSA_WITH_AES_256_CBC_SHA256', 0x003d, 'AES256-SHA256'],
  ['TLS_DHE_RSA_WITH_AES_128_GCM_SHA256', 0x009e, 'DHE-RSA-AES128-GCM-SHA256'],
  ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', 0x009f, 'DHE-RSA-AES256-GCM-SHA384'],
  ['TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA', 0xc008, 'ECDHE-ECDSA-DES-CBC3-SHA'],
  ['TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384', 0xc024, 'ECDHE-ECDSA-AES256-SHA384'],
  ['TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384', 0xc028, 'ECDHE-RSA-AES256-SHA384'],
  ['TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256', 0xccaa, 'DHE-RSA-CHACHA20-POLY1305'],
]

const codes = new Map(table.map(([iana, code]) => [iana, code]))
const byCode = new Map(table.map(([iana, code]) => [code, iana]))
const byOpenssl = new Map(table.map(([iana, , openssl]) => [openssl, iana]))
const toOpenssl = new Map(table.map(([iana, , openssl]) => [iana, openssl]))

export const suiteNames: readonly string[] = table.map(([iana]) => iana)

/** Code point of an IANA suite name. Errors: HarnessError `unknown-suite`. */
export function suiteCode(iana: string): number {
  const code = codes.get(iana)
  if (code === undefined)
    throw new HarnessError(
      'unknown-suite',
      `harness/probe/suites.ts knows no cipher suite named ${iana}: add its code.`,
    )
  return code
}

/** IANA name of a code point; its number where it has no name here. */
export const suiteName = (code: number): string =>
  byCode.get(code) ?? `0x${code.toString(16).padStart(4, '0')}`

/** OpenSSL name of an IANA suite. */
export const opensslSuite = (iana: string): string | undefined => toOpenssl.get(iana)

/** IANA name of what OpenSSL or curl printed; the text itself where it is not known. */
export const ianaSuite = (openssl: string): string => byOpenssl.get(openssl) ?? openssl
