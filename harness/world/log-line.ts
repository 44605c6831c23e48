/** One line of etcd's log, in either of its two formats (zap's JSON, capnslog's text). */
export interface LogLine {
  /** Place in the member's log, from 0. */
  readonly index: number
  readonly raw: string
  readonly level?: string
  /** zap: `msg`; capnslog: the text after the package. */
  readonly message: string
  /** zap: `remote-addr`; capnslog: the address in `rejected connection from "…"`. */
  readonly remotePort?: number
  readonly remoteAddress?: string
  /** zap: `error`; capnslog: `(error "…"`. */
  readonly error?: string
  readonly serverName?: string
  /** zap: `host` of a rejected HTTP request. */
  readonly host?: string
}
