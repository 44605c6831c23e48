import { inGo } from '../../fixtures/go-certificates.ts'
import { isAddress, plainAddress } from './address-text.ts'
import type { Certificate } from './certificate.ts'
import { commonNamesIn } from './name-value.ts'

type Names = Pick<Certificate, 'dns' | 'addresses' | 'hasSan' | 'names'>

/**
 * Whether a certificate is good for a host, as `VerifyHostname` decides (crypto/x509, verify.go): an address by the IP
 * entries alone; a name by the DNS names, in any letter case, `*` for one whole leftmost label; before Go 1.15 by the common name
 * where there is no subjectAltName. Pure.
 */
export function goodFor(host: string, certificate: Names, go: string): boolean {
  const bare = withoutZeros(/^\[.+\]$/.test(host) ? host.slice(1, -1) : host, go)
  if (isAddress(bare)) return certificate.addresses.includes(plainAddress(bare))
  const wanted = lower(host)
  const both = inGo('a dot at the end is cut from both', go)
  return namesOf(certificate, go).some((name) => {
    if (both) return matches(lower(name).replace(/\.$/, ''), wanted)
    const hosts = isHostName(wanted, false, go) && isHostName(name, true, go)
    return hosts ? matches(lower(name), wanted) : equal(lower(name), wanted)
  })
}

const withoutZeros = (text: string, go: string): string =>
  /^\d+(\.\d+){3}$/.test(text) && inGo('a number of an address may begin with 0', go)
    ? text.replaceAll(/\b0+(?=\d)/g, '')
    : text

/** The names that count. */
export function namesOf(certificate: Names, go: string): readonly string[] {
  const { dns, hasSan } = certificate
  const commonName = commonNamesIn(certificate, go).at(-1) ?? ''
  return standsForHost(commonName, { dns, hasSan }, go) ? [commonName] : dns
}

const lower = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
const equal = (a: string, b: string): boolean => a === b && a !== '' && a !== '.'

/** A dot at the end is cut from what is asked for, and from Go 1.15 on never from the certificate's name. */
function matches(pattern: string, host: string): boolean {
  if (pattern === '' || host === '') return false
  const [wanted, given] = [host.replace(/\.$/, '').split('.'), pattern.split('.')]
  return (
    wanted.length === given.length &&
    given.every((label, n) => (n === 0 && label === '*') || label === wanted[n])
  )
}

/** Whether a common name is taken for a host name. */
export function standsForHost(
  commonName: string,
  { dns, hasSan }: Pick<Certificate, 'dns' | 'hasSan'>,
  go: string,
): boolean {
  const hidden = inGo('any subjectAltName hides the common name', go) ? hasSan : dns.length > 0
  const whole = !inGo('a common name must be a host name to stand for one', go)
  return inGo('common name is a host name', go) && !hidden && (whole || isHostName(commonName, true, go))
}

const letters = (go: string): RegExp =>
  inGo('a colon may be in a host name', go)
    ? /^[A-Za-z0-9_:][A-Za-z0-9_:-]*$/
    : /^[A-Za-z0-9_][A-Za-z0-9_-]*$/

/** `validHostname`: labels of letters, digits, `_` and, but in front, `-`. */
function isHostName(name: string, pattern: boolean, go: string): boolean {
  const plain = pattern && !inGo('a dot at the end is cut from both', go) ? name : name.replace(/\.$/, '')
  if (plain === '*' && inGo('a bare asterisk is no pattern', go)) return false
  return (
    plain !== '' &&
    plain.split('.').every((label, n) => (pattern && n === 0 && label === '*') || letters(go).test(label))
  )
}
