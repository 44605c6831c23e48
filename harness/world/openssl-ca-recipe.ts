import { isIP } from 'node:net'
import type { CredentialSpec } from '../../fixtures/credential.ts'
import { inputError } from '../errors.ts'
import { newKeyOptions, subjectOf } from './recipes/openssl-words.ts'

/** The FAQ's recipe of a client certificate, as data: what `openssl-ca.ts` runs. */

/** Arguments of openssl that sign: the page's command, and `-batch`. */
export const signCommand: readonly string[] = [
  ...['ca', '-batch', '-config', 'openssl.cnf', '-policy', 'policy_anything', '-extensions', 'ssl_client'],
  ...['-out', 'certs/machine.crt', '-infiles', 'machine.csr'],
]

/** Arguments of openssl that make key and CSR. */
export function requestCommand(spec: CredentialSpec, hosts: readonly string[]): readonly string[] {
  const names = hosts.map((host) => `${isIP(host) === 0 ? 'DNS' : 'IP'}:${host}`).join(',')
  return [
    ...['req', '-new', '-config', 'openssl.cnf', ...newKeyOptions[spec.key ?? 'rsa-2048'], '-nodes'],
    ...['-subj', subjectOf(spec), ...(names === '' ? [] : ['-addext', `subjectAltName=${names}`])],
    ...['-keyout', 'machine.key', '-out', 'machine.csr'],
  ]
}

/** openssl.cnf. */
export const configText = (copyHosts: boolean): string => `[ ca ]
default_ca = ca_default

[ ca_default ]
certificate = ca.crt
private_key = ca.key
new_certs_dir = certs
database = index.txt
serial = serial
default_md = sha256
default_days = 1
${copyHosts ? 'copy_extensions = copy\n' : ''}
[ policy_anything ]
organizationName = optional
commonName = supplied

[ req ]
distinguished_name = subject

[ subject ]

[ ssl_client ]
extendedKeyUsage = clientAuth
`

/** Fields of a spec that a CSR and the page's command can say. */
const sayable: readonly string[] = [
  'cn',
  'organization',
  'hosts',
  'key',
  'issuer',
  'madeBy',
  'usages',
  'keyFormat',
] satisfies (keyof CredentialSpec)[]

/** Errors: HarnessError `openssl-ca-spec` (exit 2). */
export function demandRecipe(spec: CredentialSpec): void {
  const fields = Object.entries(spec).filter(([, value]) => value !== undefined)
  const unsaid = fields.map(([name]) => name).filter((name) => !sayable.includes(name))
  if (spec.cn === undefined) unsaid.push('an absent cn')
  if (spec.issuer === 'self') unsaid.push('issuer self')
  if (spec.keyFormat !== undefined && spec.keyFormat !== 'pkcs8') unsaid.push(`keyFormat ${spec.keyFormat}`)
  if (spec.usages !== undefined && spec.usages.join() !== 'clientAuth')
    unsaid.push(`usages ${spec.usages.join()}`)
  if (unsaid.length === 0) return
  throw inputError(
    'openssl-ca-spec',
    `A credential made by openssl-ca cannot have ${unsaid.join(', ')}; leave that out or let etcd-tls make it.`,
  )
}

/** A word as a shell reads it. */
export const quoted = (word: string): string =>
  /^[\w./:=,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
