/** A page of the user's, read and laid beside what is known of it. Plain data: the harness makes it. */
export interface PageReading {
  readonly file: string
  /** Id and title of the page. */
  readonly page: string
  readonly title: string
  readonly sentences: readonly ReadSentence[]
  /** Promises whose sentences the page has no more. */
  readonly missing: readonly PagePromise[]
}

export interface ReadSentence {
  /** `known`: as it was. `changed`: like a known one. `beside`: known, and promises nothing. */
  readonly kind: 'known' | 'changed' | 'new' | 'beside'
  /** The page's heading above it. */
  readonly heading: string
  readonly text: string
  /** A printed command, output or file. */
  readonly code?: true
  /** Of `new` and `changed`: how a ledger would find the sentence again, as it stands in its lines. */
  readonly ledgerLine?: string
  /** Of `known` and `changed`. */
  readonly promise?: PagePromise
}

export interface PagePromise {
  /** `security/https 7`. */
  readonly where: string
  readonly says: string
  /** Ids of the claims that cite it. */
  readonly claims: readonly string[]
  /** Why no claim does. */
  readonly why?: string
}
