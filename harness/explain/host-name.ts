import { inGo } from '../../fixtures/go-certificates.ts'
import { isAddress, plainAddress } from './address-text.ts'
import type { Certificate } from './certificate.ts'

type Names = Pick<Certificate, 'dns' | 'addresses' | 'hasSan' | 'commonName'>

/**
 * Whether a certificate is good for a host, as `VerifyHostname` decides (crypto/x509, verify.go): an address by the IP
 * entries alone; a name by the DNS names, in any letter case, `*` for one whole leftmost label; before Go 1.15 by the common name
 * where there is no subjectAltName. Pure.
 */
export function goodFor(host: string, certificate: Names, go: string): boolean {
  const bare = /^\[.+\]$/.test(host) ? host.slice(1, -1) : host
  if (isAddress(bare)) return certificate.addresses.includes(plainAddress(bare))
  const wanted = lower(host)
  const both = inGo('a dot at the end is cut from both', go)
  return namesOf(certificate, go).some((name) => {
    if (both) return matches(lower(name).replace(/\.$/, ''), wanted)
    const hosts = isHostName(wanted, false, go) && isHostName(name, true, go)
    return hosts ? matches(lower(name), wanted) : equal(lower(name), wanted)
  })
}

/** The names that count. */
export function namesOf({ dns, hasSan, commonName }: Names, go: string): readonly string[] {
  const stands = inGo('common name is a host name', go) && !hasSan && isHostName(commonName, true, go)
  return stands ? [commonName] : dns
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

/** `validHostname`: labels of letters, digits, `_` and, but in front, `-`. */
export function isHostName(name: string, pattern: boolean, go: string): boolean {
  const plain = pattern ? name : name.replace(/\.$/, '')
  if (plain === '*' && inGo('a bare asterisk is no pattern', go)) return false
  return (
    plain !== '' &&
    plain
      .split('.')
      .every(
        (label, n) => (pattern && n === 0 && label === '*') || /^[A-Za-z0-9_][A-Za-z0-9_-]*$/.test(label),
      )
  )
}
