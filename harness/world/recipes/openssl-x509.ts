import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryFolder } from '../../engine/temporary.ts'
import { subjectOf } from './openssl-words.ts'
import { demandSayable, type Pair, type Recipe } from './recipe.ts'
import { runTool, type Command } from './tool.ts'

/**
 * The article's commands (`peer-tls`, "Certificates and keys for each node"): keys of 2048 bits, a root by
 * `openssl req -x509`, leaves by `openssl x509 -req` from a request that holds a common name and nothing else: no
 * alternative names, no usages. What the root says beside its name is the `v3_ca` section of the system's openssl.cnf.
 */

const keyCommand = (file: string): Command => ['openssl', 'genrsa', '-out', `${file}.key`, '2048']

export const authorityCommands = (file: string, cn: string): Command[] => [
  keyCommand(file),
  [
    ...(['openssl', 'req', '-x509', '-new', '-nodes', '-key', `${file}.key`, '-sha256'] as const),
    ...['-days', '365', '-out', `${file}.crt`, '-subj', subjectOf({ cn })],
  ],
]

export const pairCommands = (file: string, cn: string, authority: string): Command[] => [
  keyCommand(file),
  ['openssl', 'req', '-new', '-key', `${file}.key`, '-out', `${file}.csr`, '-subj', subjectOf({ cn })],
  [
    ...(['openssl', 'x509', '-req', '-in', `${file}.csr`, '-CA', `${authority}.crt`] as const),
    ...['-CAkey', `${authority}.key`, '-CAcreateserial', '-out', `${file}.crt`, '-days', '365', '-sha256'],
  ],
]

/** Errors: HarnessError `no-openssl`, `openssl-failed`, `openssl-x509-spec` (exit 2). */
export const opensslX509: Recipe = {
  authority(name, spec) {
    demandSayable('openssl-x509', spec, ['cn', 'key', 'madeBy'], beyondRsa(spec.key))
    return made(authorityCommands(name, spec.cn ?? name), name)
  },
  credential(spec, authority) {
    const more = [...beyondRsa(spec.key), ...(spec.cn === undefined ? ['an absent cn'] : [])]
    demandSayable('openssl-x509', spec, ['cn', 'key', 'issuer', 'madeBy'], more)
    return made(pairCommands('node', spec.cn ?? '', 'ca'), 'node', authority)
  },
}

const beyondRsa = (key: string | undefined): string[] =>
  key === undefined || key === 'rsa-2048' ? [] : [`key ${key}`]

/** Runs the commands in a folder of their own, beside the authority's files where there is one. */
async function made(commands: readonly Command[], file: string, authority?: Pair): Promise<Pair> {
  await using folder = await temporaryFolder('openssl-x509')
  const at = (name: string): string => join(folder.path, name)
  if (authority !== undefined) {
    await writeFile(at('ca.crt'), authority.certificate)
    await writeFile(at('ca.key'), authority.key, { mode: 0o600 })
  }
  for (const command of commands)
    await runTool(command, { folder: folder.path, install: 'install it (apt-get install openssl)' })
  return {
    certificate: await readFile(at(`${file}.crt`), 'utf8'),
    key: await readFile(at(`${file}.key`), 'utf8'),
  }
}
