/** What the page can be asked to show, as its address has it behind the `#`. page/address.js reads it. */
export interface Address {
  readonly cell?: string
  /** The subject of a cell. */
  readonly on?: string
  readonly claim?: string
  readonly page?: string
}

/** `#cell=security/https/served:tls=1.2&on=3.6.16@module%2Bgo1.26.10`: readable where it can be. */
export const addressOf = (address: Address): string =>
  `#${Object.entries(address)
    .map(
      ([name, value]) =>
        `${name}=${encodeURIComponent(value as string).replaceAll(/%(2F|3A|3D|2C|40)/g, decodeURIComponent)}`,
    )
    .join('&')}`
