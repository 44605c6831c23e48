import { isFileRef, type CredentialSpec } from '../../fixtures/credential.ts'
import type { OptionValue } from '../../fixtures/options.ts'
import type { ClientTls, JoinProbe, Scheme } from '../scenario/index.ts'

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

const makers = { 'openssl-ca': 'openssl ca', 'openssl-x509': 'openssl x509', cfssl: 'cfssl' } as const

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
  profile,
}: CredentialSpec): string {
  const apart = [
    ...(issuer === undefined ? [] : [issuer === 'self' ? 'self-signed' : `of ${issuer}`]),
    ...(chain === undefined ? [] : [`sent with ${chain.join(', ')}`]),
    ...(notAfter?.startsWith('-') ? ['expired'] : []),
    ...(notBefore?.startsWith('+') ? ['not yet valid'] : []),
    ...(usages === undefined ? [] : [`for ${usages.join(' and ') || 'no usage'}`]),
    ...(madeBy === undefined || madeBy === 'etcd-tls' ? [] : [`made by ${makers[madeBy]}`]),
    ...(profile === undefined ? [] : [`profile ${profile}`]),
  ]
  const name = cn ?? hosts?.join(', ') ?? 'without a name'
  return apart.length === 0 ? name : `${name} (${apart.join(', ')})`
}

/** A join in one line: who, through whom, and what of its options was changed. */
export function joinInWords({ who, to, options = {} }: JoinProbe): string {
  const changes = Object.entries(options).map(([name, value]) => `${name} ${optionInWords(value)}`)
  return `${who} joins through ${to}${changes.length === 0 ? '' : `, with ${changes.join(', ')}`}`
}

function optionInWords(value: OptionValue | undefined): string {
  if (value === undefined) return 'left out'
  if (!isFileRef(value)) return String(value)
  if (value.file === 'text') return 'of a text'
  return value.file === 'authority' ? `of ${[value.of].flat().join(' and ')}` : certificateInWords(value.of)
}
