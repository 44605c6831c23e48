import { isIP } from 'node:net'
import {
  defaultKey,
  type AuthoritySpec,
  type CfsslProfile,
  type CredentialSpec,
  type KeyType,
  type Usage,
} from '../../../fixtures/credential.ts'
import { passphrase } from '../../../fixtures/pki/key-text.ts'
import { line } from '../../probe/shell.ts'
import { newKeyOptions, subjectOf } from '../../world/recipes/openssl-words.ts'
import { authorityCommands, pairCommands } from '../../world/recipes/openssl-x509.ts'
import { typed } from '../../world/recipes/tool.ts'

/** openssl commands (OpenSSL 3.0) that make throwaway certificates of the shapes of a world. */

/** Spans that stay past, or to come, whenever the commands are typed. */
const past = '-startdate 20200101000000Z -enddate 20200102000000Z'
const toCome = '-startdate 20480101000000Z -enddate 20490101000000Z'
/** Seconds that stand for the few of a run: a person types slower. */
export const briefly = 60
const brief = `-startdate 20200101000000Z -enddate "$(date -u -d '+${String(briefly)} seconds' +%Y%m%d%H%M%SZ)"`

const request = (name: string, subject: string, key: KeyType): string =>
  line([
    ...['openssl', 'req', '-new', ...newKeyOptions[key], '-nodes', '-subj', subject],
    ...['-keyout', `${name}.key`, '-out', `${name}.csr`],
  ])

const extensions = (name: string, texts: readonly string[]): string =>
  `printf '%s\\n' ${line(texts)} > ${line([`${name}.ext`])}`

/** Signed by `issuer`, or by itself. */
const signed = (name: string, issuer: string | undefined): string =>
  line([
    ...['openssl', 'x509', '-req', '-in', `${name}.csr`, '-days', '1', '-extfile', `${name}.ext`],
    ...(issuer === undefined
      ? ['-signkey', `${name}.key`]
      : ['-CA', `${issuer}.crt`, '-CAkey', `${issuer}.key`, '-CAcreateserial']),
    ...['-out', `${name}.crt`],
  ])

/** `openssl ca` alone takes dates in this release of openssl. */
const dated = (name: string, issuer: string, dates: string): string[] => [
  `printf '%s\\n' '[ca]' default_ca=d '[d]' database=index.txt rand_serial=yes new_certs_dir=. default_md=sha256 policy=p unique_subject=no '[p]' organizationName=optional commonName=optional > ca.cnf`,
  'touch index.txt',
  [
    line(['openssl', 'ca', '-batch', '-notext', '-config', 'ca.cnf', '-cert', `${issuer}.crt`]),
    line(['-keyfile', `${issuer}.key`]),
    dates,
    line(['-extfile', `${name}.ext`, '-in', `${name}.csr`, '-out', `${name}.crt`]),
  ].join(' '),
]

/** An authority `<name>.crt` and its key; its issuer is made before. */
export function authorityLines(name: string, { cn = name, key, issuedBy, madeBy }: AuthoritySpec): string[] {
  const about = `# ${name}.crt: an authority${issuedBy === undefined ? '' : `, signed by ${issuedBy}`}`
  if (madeBy === 'openssl-x509') return [about, ...typed(authorityCommands(name, cn))]
  return [
    about,
    request(name, subjectOf({ cn }), madeBy === 'cfssl' ? 'p-256' : (key ?? defaultKey)),
    extensions(name, ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign']),
    signed(name, issuedBy),
  ]
}

/** What a recipe gives to a pair without being told, as its spec would say it. */
function told(spec: CredentialSpec): CredentialSpec {
  if (spec.madeBy === 'openssl-ca') return { usages: ['clientAuth'], key: 'rsa-2048', ...spec }
  if (spec.madeBy !== 'cfssl') return spec
  const { profile = 'peer', ...rest } = spec
  return { ...rest, key: 'p-256', usages: usagesOf[profile] }
}

const usagesOf: Readonly<Record<CfsslProfile, readonly Usage[]>> = {
  server: ['serverAuth'],
  client: ['clientAuth'],
  peer: ['serverAuth', 'clientAuth'],
}

/** A leaf `<name>.crt` and `<name>.key`; its issuer is made before. `resolve` gives the address of `@m1`. */
export function leafLines(name: string, given: CredentialSpec, resolve: (text: string) => string): string[] {
  const spec = told(given)
  const issuer = spec.issuer === 'self' ? undefined : (spec.issuer ?? 'ca')
  const dates = datesOf(spec)
  const about = `# ${name}.crt: ${resolve(inWords(spec))}`
  if (dates !== undefined && issuer === undefined)
    return [`${about} — openssl x509 cannot date it: put ${name}.crt and ${name}.key here yourself`]
  if (spec.madeBy === 'openssl-x509')
    return [about, ...typed(pairCommands(name, spec.cn ?? '', issuer ?? 'ca'))]
  const key = spec.key ?? defaultKey
  return [
    about,
    request(name, subjectOf(spec) || '/', key),
    extensions(name, extensionTexts(spec, key, resolve)),
    ...(dates !== undefined && issuer !== undefined ? dated(name, issuer, dates) : [signed(name, issuer)]),
    ...(spec.chain?.length
      ? [`cat ${line(spec.chain.map((one) => `${one}.crt`))} >> ${line([`${name}.crt`])}`]
      : []),
    ...keyFormLines(name, spec),
  ]
}

function datesOf({ notBefore, notAfter }: CredentialSpec): string | undefined {
  if (notAfter?.startsWith('-')) return past
  if (notBefore?.startsWith('+')) return toCome
  return notAfter?.endsWith('s') ? brief : undefined
}

function extensionTexts(spec: CredentialSpec, key: KeyType, resolve: (text: string) => string): string[] {
  const usages = spec.usages ?? ['serverAuth', 'clientAuth']
  const hosts = (spec.hosts ?? []).map(resolve)
  const names = hosts.map((host) => `${isIP(host) === 0 ? 'DNS' : 'IP'}:${host}`).join(',')
  const critical = subjectOf(spec) === '' ? 'critical,' : ''
  return [
    'basicConstraints=critical,CA:FALSE',
    `keyUsage=critical,digitalSignature${key === 'rsa-2048' ? ',keyEncipherment' : ''}`,
    ...(usages.length > 0 ? [`extendedKeyUsage=${usages.join(',')}`] : []),
    ...(names === '' ? [] : [`subjectAltName=${critical}${names}`]),
  ]
}

function keyFormLines(name: string, { keyFormat = 'pkcs8' }: CredentialSpec): string[] {
  if (keyFormat === 'pkcs8') return []
  const plain = `${name}.pkcs8.key`
  return [
    line(['mv', `${name}.key`, plain]),
    line([
      ...['openssl', 'pkey', '-in', plain, '-out', `${name}.key`],
      ...(keyFormat.endsWith('traditional') ? ['-traditional'] : []),
      ...(keyFormat.startsWith('encrypted') ? ['-aes256', '-passout', `pass:${passphrase}`] : []),
    ]),
  ]
}

function inWords(spec: CredentialSpec): string {
  const { cn, hosts = [], usages, issuer = 'ca', notBefore, notAfter, keyFormat, chain = [] } = spec
  return [
    cn === undefined ? 'no Common Name' : `CN ${cn}`,
    ...(hosts.length > 0 ? [`for ${hosts.join(', ')}`] : []),
    ...(usages === undefined ? [] : [`for ${usages.join(' and ') || 'no usage'} only`]),
    issuer === 'self' ? 'self-signed' : `signed by ${issuer}`,
    ...(chain.length > 0 ? [`followed by ${chain.join(', ')}`] : []),
    ...(notAfter?.startsWith('-') ? ['expired'] : []),
    ...(/^\+.*s$/.test(notAfter ?? '') ? [`valid for ${String(briefly)} seconds from when it is made`] : []),
    ...(notBefore?.startsWith('+') ? ['not yet valid'] : []),
    ...(keyFormat === undefined ? [] : [`key ${keyFormat}`]),
  ].join(', ')
}
