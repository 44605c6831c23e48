import { isIPv4, isIPv6 } from 'node:net'

/**
 * The name under which an address is looked up backwards, without the dot at the end (RFC 1035 3.5, RFC 3596 2.5);
 * undefined for text that is no address.
 */
export function reverseName(address: string): string | undefined {
  if (isIPv4(address)) return `${address.split('.').reverse().join('.')}.in-addr.arpa`
  if (isIPv6(address)) return `${[...digits(address)].reverse().join('.')}.ip6.arpa`
  return undefined
}

/** The address that a PTR question is about, IPv6 in its short form; undefined for other names. */
export function addressOf(name: string): string | undefined {
  const v4 = /^((?:\d{1,3}\.){4})in-addr\.arpa$/i.exec(name)?.[1]
  if (v4 !== undefined) return v4.split('.').filter(Boolean).reverse().join('.')
  const v6 = /^((?:[0-9a-f]\.){32})ip6\.arpa$/i.exec(name)?.[1]
  if (v6 === undefined) return undefined
  const groups = v6.replaceAll('.', '').split('').reverse().join('').match(/.{4}/g) ?? []
  return short(groups.join(':'))
}

/** The 32 hexadecimal digits of an IPv6 address. */
function digits(address: string): string {
  const [head = '', tail] = withoutDots(address).split('::')
  const groups = (text = ''): string[] => text.split(':').filter((group) => group !== '')
  const [first, last] = [groups(head), groups(tail)]
  const middle = Array.from({ length: 8 - first.length - last.length }, () => '0')
  return [...first, ...middle, ...last].map((group) => group.padStart(4, '0')).join('')
}

/** `::ffff:10.1.2.3` → `::ffff:a01:203`. */
const withoutDots = (address: string): string =>
  address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number)
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
  })

/** The form that texts show (RFC 5952); the URL parser writes it. */
const short = (address: string): string => new URL(`http://[${address}]/`).hostname.slice(1, -1)
