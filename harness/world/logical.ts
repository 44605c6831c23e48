/** How a world's addresses become the page's, as data: stored evidence is read with the one it was gathered in. */
export type AddressMap =
  /** Every one of these is the loopback address of the page's examples. */
  | { readonly kind: 'single'; readonly addresses: readonly string[] }
  | {
      readonly kind: 'block'
      /** First three octets of the world: `10.139.8`. */
      readonly prefix: string
      /** Those of the page, where it prints some. */
      readonly page?: string | undefined
      /** Address of the world → the page's; one that is not here keeps its last octet. */
      readonly at: Readonly<Record<string, string>>
    }

/** The world's addresses in a text → the page's. Pure. */
export function logicalBy(map: AddressMap): (text: string) => string {
  if (map.kind === 'single')
    return (text) => map.addresses.reduce((sofar, one) => sofar.replaceAll(one, '127.0.0.1'), text)
  const { prefix, page = prefix, at } = map
  return (text) =>
    text.replaceAll(addressesIn(prefix), (whole, octet: string) =>
      Object.hasOwn(at, whole) ? (at[whole] ?? whole) : `${page}.${octet}`,
    )
}

/** Whole addresses with these first three octets, not parts of longer ones. */
export const addressesIn = (prefix: string): RegExp =>
  new RegExp(`(?<![\\d.])${prefix.replaceAll('.', '\\.')}\\.(\\d{1,3})(?!\\d|\\.\\d)`, 'g')
