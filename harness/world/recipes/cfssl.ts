import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CfsslProfile } from '../../../fixtures/credential.ts'
import { temporaryFolder } from '../../engine/temporary.ts'
import { cfsslTools } from '../../tool/cfssl.ts'
import { demandSayable, type Pair, type Recipe } from './recipe.ts'
import { runTool, type Command } from './tool.ts'

/**
 * The guide's commands (`security-guide`, "Generating TLS assets"): a root by `cfssl gencert -initca`, leaves by
 * `cfssl gencert` with one of three signing profiles, each split into files by `cfssljson -bare`. Every key is
 * ECDSA P-256; everything is good for five years, as the guide's configuration says.
 */

const profile = (...usages: readonly string[]): { expiry: string; usages: string[] } => ({
  expiry: '43800h',
  usages: ['signing', 'key encipherment', ...usages],
})
const profiles: Readonly<Record<CfsslProfile, object>> = {
  server: profile('server auth'),
  client: profile('client auth'),
  peer: profile('server auth', 'client auth'),
}
/** Text of profiles/config.json. */
export const configText = JSON.stringify({ signing: { default: { expiry: '43800h' }, profiles } })
/** Text of a request such as profiles/peer.json. */
export const requestText = (cn: string): string =>
  JSON.stringify({ CN: cn, key: { algo: 'ecdsa', size: 256 } })

/** Two commands with a pipe between them. */
export interface Piped {
  readonly from: Command
  readonly into: Command
}

/** A root, made of `request`, into `<out>.pem` and `<out>-key.pem`. */
export const authorityCommand = (request: string, out: string): Piped => ({
  from: ['cfssl', 'gencert', '-initca', request],
  into: ['cfssljson', '-bare', out],
})

export interface LeafFiles {
  readonly authority: string
  readonly config: string
  readonly request: string
  readonly out: string
}
/** A leaf for `hosts`, into `<out>.pem` and `<out>-key.pem`. */
export const leafCommand = (files: LeafFiles, profile: CfsslProfile, hosts: readonly string[]): Piped => ({
  from: [
    ...(['cfssl', 'gencert', `-ca=${files.authority}.pem`, `-ca-key=${files.authority}-key.pem`] as const),
    ...[`-config=${files.config}`, `-profile=${profile}`],
    ...(hosts.length === 0 ? [] : [`-hostname=${hosts.join(',')}`]),
    files.request,
  ],
  into: ['cfssljson', '-bare', files.out],
})

/** Errors: HarnessError of `cfsslTools`; `cfssl-failed`, `cfssljson-failed`; `cfssl-spec` (exit 2). */
export const cfssl: Recipe = {
  authority(name, spec) {
    demandSayable('cfssl', spec, ['cn', 'key', 'madeBy'], beyondP256(spec.key))
    return made({ 'csr.json': requestText(spec.cn ?? name) }, authorityCommand('csr.json', 'made'))
  },
  credential(spec, authority, hosts) {
    const { cn, profile } = spec
    const absent = Object.entries({ cn, profile }).flatMap(([field, value]) =>
      value === undefined ? [`an absent ${field}`] : [],
    )
    const sayable = ['cn', 'hosts', 'key', 'issuer', 'madeBy', 'profile'] as const
    demandSayable('cfssl', spec, sayable, [...beyondP256(spec.key), ...absent])
    const files = { authority: 'ca', config: 'config.json', request: 'csr.json', out: 'made' }
    return made(
      {
        'ca.pem': authority.certificate,
        'ca-key.pem': authority.key,
        'config.json': configText,
        'csr.json': requestText(cn ?? ''),
      },
      leafCommand(files, profile ?? 'peer', hosts),
    )
  },
}

const beyondP256 = (key: string | undefined): string[] =>
  key === undefined || key === 'p-256' ? [] : [`key ${key}`]

/** Runs the commands in a folder of their own that holds `files`. */
async function made(files: Readonly<Record<string, string>>, piped: Piped): Promise<Pair> {
  await using folder = await temporaryFolder('cfssl')
  const at = (name: string): string => join(folder.path, name)
  for (const [name, text] of Object.entries(files)) await writeFile(at(name), text, { mode: 0o600 })
  await runPiped(piped, folder.path)
  return {
    certificate: await readFile(at('made.pem'), 'utf8'),
    key: await readFile(at('made-key.pem'), 'utf8'),
  }
}

/** Errors: HarnessError of `cfsslTools`; `cfssl-failed`, `cfssljson-failed`. */
export async function runPiped({ from, into }: Piped, folder: string): Promise<void> {
  const tools = await cfsslTools()
  const install = 'run again, it is built anew'
  const input = await runTool(from, { folder, path: tools.cfssl, install })
  await runTool(into, { folder, path: tools.cfssljson, install, input })
}
