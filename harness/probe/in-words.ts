import type { ClientTls, Scheme } from '../scenario/index.ts'

/** What is particular about a client's TLS, to end a sentence with; empty for the defaults and without TLS. */
export function tlsInWords(scheme: Scheme, tls: ClientTls = {}): string {
  if (scheme === 'http') return ''
  const { as, trust, serverName, version, ciphers } = tls
  const parts = [
    ...(version ? [`TLS ${version}`] : []),
    as
      ? `with the certificate ${as.cn ?? as.hosts?.join(', ') ?? 'without a name'}`
      : 'without a certificate',
    ...(trust === undefined ? [] : [`trusting ${trust}`]),
    ...(serverName === undefined ? [] : [serverName === null ? 'without SNI' : `for ${serverName}`]),
    ...(ciphers ? [`offering ${ciphers.join(', ')}`] : []),
  ]
  return `, ${parts.join(', ')}`
}
