import { isIP, isIPv6 } from 'node:net'

/** As Go's `net.IP.String` writes it: dotted, or RFC 5952; an address of IPv4 in 16 bytes is one of IPv4. */
export function addressText(content: Buffer): string {
  if (content.length === 4) return [...content].join('.')
  if (content.length !== 16) return `?${content.toString('hex')}`
  if (content.subarray(0, 12).equals(Buffer.from('00000000000000000000ffff', 'hex')))
    return [...content.subarray(12)].join('.')
  return plainAddress(content.toString('hex').replace(/(.{4})(?!$)/g, '$1:'))
}

/** Whether Go's `net.ParseIP` takes it for an address: one with a zone, `fe80::1%eth0`, it does not. */
export const isAddress = (text: string): boolean => isIP(text) !== 0 && !text.includes('%')

/** One way to write an address: what Go's `net.IP.String` gives for it, a zone behind it as `net.TCPAddr` writes it. */
export function plainAddress(text: string): string {
  if (!isIPv6(text)) return text
  const [bare = '', zone] = text.split('%')
  const plain = new URL(`http://[${bare}]`).hostname.slice(1, -1)
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(plain)
  if (mapped === null) return zone === undefined ? plain : `${plain}%${zone}`
  const number = (Number(`0x${mapped[1] ?? ''}`) * 65536 + Number(`0x${mapped[2] ?? ''}`)) >>> 0
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.')
}
