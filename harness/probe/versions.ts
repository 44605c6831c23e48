import type { TlsVersion } from '../scenario/probe.ts'

const numbers: Readonly<Record<TlsVersion, number>> = {
  '1.0': 0x0301,
  '1.1': 0x0302,
  '1.2': 0x0303,
  '1.3': 0x0304,
}

/** ProtocolVersion on the wire (RFC 8446 4.1.2). */
export const versionNumber = (version: TlsVersion): number => numbers[version]

/** The version of a number on the wire; undefined for what is none of TLS 1.0 to 1.3. */
export const versionOf = (number: number): TlsVersion | undefined =>
  (Object.keys(numbers) as TlsVersion[]).find((version) => numbers[version] === number)

/** Node's names. */
export const nodeNames = { '1.0': 'TLSv1', '1.1': 'TLSv1.1', '1.2': 'TLSv1.2', '1.3': 'TLSv1.3' } as const

/** The version that Node calls so; undefined for what is none of TLS 1.0 to 1.3. */
export const versionNamed = (name: string | null): TlsVersion | undefined =>
  (Object.keys(nodeNames) as TlsVersion[]).find((version) => nodeNames[version] === name)

/** Suites as OpenSSL lists them where it is to offer 1.0 or 1.1, which it does at security level 0 only. */
export const suitesFor = (version: TlsVersion | undefined): string | undefined =>
  version === '1.0' || version === '1.1' ? 'DEFAULT:@SECLEVEL=0' : undefined
