/** What each starter shows; the files are in harness/starters. */
export const kinds = {
  serve: 'a client is answered over TLS, for two TLS versions',
  refuse: 'a client is turned away for the right reason, with its control',
  start: 'etcd does not start with these options',
  join: 'a real member asks to be one of the cluster, and is turned away',
  timeline: 'certificates change while connections go on',
} as const

export type Kind = keyof typeof kinds
