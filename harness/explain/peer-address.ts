import { isIP } from 'node:net'
import semver from 'semver'
import { numberOf } from '../../fixtures/step.ts'
import { plainAddress } from './address-text.ts'
import type { Certificate } from './certificate.ts'
import type { Check } from './explanation.ts'
import type { Resolver } from './resolver.ts'

export interface PeerAddress {
  readonly certificate: Certificate
  /** The address that the listener sees. */
  readonly from: string
  readonly etcd: string
  /** undefined: what the DNS says is not known. */
  readonly resolver: Resolver | undefined
}
type Found = Pick<Check, 'mark' | 'why' | 'mend' | 'asks' | 'reason'> & { readonly kind: Kind }
/** Which of the page's rules it falls under. */
export type Kind = 'none' | 'ip' | 'ip-only' | 'ip-and-names' | 'names' | 'wildcard'

/**
 * Whether a peer's certificate goes with its address: `checkCertSAN` and `isHostInDNS` of `transport/listener_tls.go`,
 * read at 3.2.0, .1, .4, .5, .32, 3.3.27, 3.4.25, 3.5.35, 3.6.16 and 3.7.3. No IP entry and no name: nothing is asked. An IP entry
 * that matches is enough (from 3.2.2 on); without any name it is all there is. Else the names of the address are looked
 * up (from 3.2.5 on), then the addresses of the names, wildcards left out. Pure.
 */
export function addressCheck(input: PeerAddress): Found {
  const { certificate } = input
  const address = plainAddress(input.from)
  const { dns, addresses } = certificate
  if (dns.length === 0 && addresses.length === 0)
    return {
      kind: 'none',
      mark: 'good',
      why: 'the certificate has neither IP entries nor DNS names, so its address is not asked',
    }
  const matches = addresses.includes(address)
  if (matches && (dns.length === 0 || since('3.2.2', input.etcd)))
    return { kind: 'ip', mark: 'good', why: `${address} is one of the certificate's IP entries` }
  if (dns.length === 0)
    return {
      kind: 'ip-only',
      mark: 'bad',
      reason: 'ip-san-mismatch',
      why: `${address} is none of the certificate's IP entries (${addresses.join(', ')})`,
      mend: `issue the certificate with the IP entry ${address}`,
    }
  const prefix =
    addresses.length > 0 && !matches
      ? `${address} is none of its IP entries, so its names are looked up: `
      : ''
  const found = byNames(input, address)
  return { ...found, kind: kindOf(dns, addresses, matches), why: `${prefix}${found.why}` }
}

const since = (release: string, etcd: string): boolean => semver.gte(numberOf(etcd), release)

function kindOf(dns: readonly string[], addresses: readonly string[], matches: boolean): Kind {
  if (addresses.length > 0 && !matches) return 'ip-and-names'
  return dns.some((name) => name.startsWith('*.')) ? 'wildcard' : 'names'
}

/** Go's resolver does not ask for what is an address or no domain name (`LookupHost`, net/lookup.go; `isDomainName`). */
const isDomainName = (name: string): boolean =>
  name !== '' &&
  /^(?=.{1,254}$)(?!.*\.\.)[\w.-]+$/.test(name) &&
  /[A-Za-z_]/.test(name) &&
  !name.startsWith('.')

function byNames({ certificate, etcd, resolver }: PeerAddress, address: string): Omit<Found, 'kind'> {
  const looksBack = since('3.2.5', etcd)
  const names = looksBack ? certificate.dns.filter((name) => !name.startsWith('*.')) : certificate.dns
  const bases = looksBack
    ? certificate.dns.filter((name) => name.startsWith('*.')).map((name) => name.slice(1))
    : []
  if (names.some((name) => isIP(name) !== 0 && name === address))
    return { mark: 'good', why: `the DNS name "${address}" is the address itself, which needs no look-up` }
  const asks = [
    ...(looksBack ? [`PTR ${address}: is a name of it ${wanted(names, bases)}?`] : []),
    ...names.filter(isDomainName).map((name) => `A/AAAA ${name}: is it ${address}?`),
  ]
  if (resolver === undefined)
    return {
      mark: 'open',
      asks,
      why: 'it depends on the DNS that the listening member asks; the first yes is enough',
    }
  const back = looksBack ? resolver.reverse(address) : []
  const own = back.find((name) => names.includes(name) || bases.some((base) => name.endsWith(base)))
  if (own !== undefined)
    return { mark: 'good', asks, why: `the address has the name ${own}, which the certificate covers` }
  const led = names.filter(isDomainName).find((name) => resolver.forward(name).includes(address))
  if (led !== undefined)
    return { mark: 'good', asks, why: `the name ${led} of the certificate has the address` }
  return {
    mark: 'bad',
    reason: 'dns-san-mismatch',
    asks,
    why: `no look-up leads from ${address} to a name of the certificate (${certificate.dns.join(', ')}) or back`,
    mend: mendNames(names, bases, address, looksBack),
  }
}

const wanted = (names: readonly string[], bases: readonly string[]): string =>
  [...names, ...bases.map((base) => `one that ends with ${base}`)].join(' or ')

function mendNames(
  names: readonly string[],
  bases: readonly string[],
  address: string,
  looksBack: boolean,
): string {
  const [name] = names
  if (name !== undefined)
    return `let the DNS answer ${address} for ${name}, or issue the certificate with the IP entry ${address}`
  if (looksBack)
    return `let the reverse look-up of ${address} give a name that ends with ${String(bases[0])}, or issue the certificate with the IP entry ${address}`
  return `issue the certificate with the IP entry ${address}; this release does not look names up backwards`
}
