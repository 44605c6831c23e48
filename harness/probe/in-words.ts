import type { CredentialSpec } from '../../fixtures/credential.ts'
import type { ClientTls, Scheme } from '../scenario/index.ts'

/** What is particular about a client's TLS, to end a sentence with; empty for the defaults and without TLS. */
export function tlsInWords(scheme: Scheme, tls: ClientTls = {}): string {
  if (scheme === 'http') return ''
  const { as, trust, serverName, version, ciphers } = tls
  const parts = [
    ...(version ? [`TLS ${version}`] : []),
    as ? `with the certificate ${certificateInWords(as)}` : 'without a certificate',
    ...(trust === undefined ? [] : [`trusting ${trust}`]),
    ...(serverName === undefined ? [] : [serverName === null ? 'without SNI' : `for ${serverName}`]),
    ...(ciphers ? [`offering ${ciphers.join(', ')}`] : []),
  ]
  return `, ${parts.join(', ')}`
}

/** Its name, and what sets it apart from a plain good one. */
function certificateInWords({
  cn,
  hosts,
  issuer,
  notBefore,
  notAfter,
  usages,
  chain,
  madeBy,
}: CredentialSpec): string {
  const apart = [
    ...(issuer === undefined ? [] : [issuer === 'self' ? 'self-signed' : `of ${issuer}`]),
    ...(chain === undefined ? [] : [`sent with ${chain.join(', ')}`]),
    ...(notAfter?.startsWith('-') ? ['expired'] : []),
    ...(notBefore?.startsWith('+') ? ['not yet valid'] : []),
    ...(usages === undefined ? [] : [`for ${usages.join(' and ') || 'no usage'}`]),
    ...(madeBy === 'openssl-ca' ? ['made by openssl ca'] : []),
  ]
  const name = cn ?? hosts?.join(', ') ?? 'without a name'
  return apart.length === 0 ? name : `${name} (${apart.join(', ')})`
}
