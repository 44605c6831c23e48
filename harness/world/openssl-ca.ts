import { randomBytes } from 'node:crypto'
import { execa, ExecaError } from 'execa'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CredentialSpec } from '../../fixtures/credential.ts'
import { temporaryFolder } from '../engine/temporary.ts'
import { HarnessError } from '../errors.ts'
import { configText, demandRecipe, quoted, requestCommand, signCommand } from './openssl-ca-recipe.ts'

export interface OpensslCaInput {
  readonly spec: CredentialSpec
  /** The signing authority, PEM; the key is not encrypted. */
  readonly authority: { readonly certificate: string; readonly key: string }
  /** A host as it stands in the certificate: the address for `@m1`. */
  readonly resolve: (host: string) => string
}

export interface OpensslCredential {
  /** PEM; the certificate alone, without openssl's text. */
  readonly certificate: string
  /** PEM, PKCS#8, not encrypted. */
  readonly key: string
  /** openssl.cnf as it was used. */
  readonly config: string
  /** What was run, in order, as a person types it in a folder with that openssl.cnf, ca.crt and ca.key. */
  readonly commands: readonly string[]
}

/** Milliseconds one openssl command may take. */
const limit = 30_000

/**
 * A client pair made as the FAQ of the security page shows: a CSR, signed by `openssl ca` with the extensions of
 * a section `ssl_client` that holds extendedKeyUsage = clientAuth.
 *
 * Beside the page's command: `-batch`, because nobody answers its two questions; openssl.cnf also names what
 * every `openssl ca` needs (the authority's files, index, serial, digest, days, the policy), and takes hosts over
 * from the CSR where there are any. The folder it works in is removed, whatever happens.
 * Errors: HarnessError `no-openssl`, `openssl-failed`; `openssl-ca-spec` (exit 2) for what the recipe cannot say.
 */
export async function signWithOpensslCa({
  spec,
  authority,
  resolve,
}: OpensslCaInput): Promise<OpensslCredential> {
  demandRecipe(spec)
  const hosts = (spec.hosts ?? []).map(resolve)
  const config = configText(hosts.length > 0)
  const serial = `5${randomBytes(16).toString('hex').slice(1)}`
  await using temporary = await temporaryFolder('openssl-ca')
  const folder = temporary.path
  await prepare(folder, {
    'ca.crt': authority.certificate,
    'ca.key': authority.key,
    'openssl.cnf': config,
    serial,
  })
  const commands = [requestCommand(spec, hosts), signCommand]
  for (const command of commands) await openssl(folder, command)
  return {
    certificate: certificateBlock(await readFile(join(folder, 'certs/machine.crt'), 'utf8')),
    key: await readFile(join(folder, 'machine.key'), 'utf8'),
    config,
    commands: [
      'mkdir certs',
      ': > index.txt',
      `echo ${serial} > serial`,
      ...commands.map((command) => ['openssl', ...command].map(quoted).join(' ')),
    ],
  }
}

async function prepare(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(join(folder, 'certs'))
  for (const [name, text] of Object.entries({ ...files, 'index.txt': '' })) {
    await writeFile(join(folder, name), text, { mode: 0o600 })
  }
}

/** In a group of its own: a Ctrl-C of the terminal is for the run. */
async function openssl(folder: string, args: readonly string[]): Promise<void> {
  try {
    await execa('openssl', args, { cwd: folder, stdin: 'ignore', timeout: limit, detached: true })
  } catch (cause) {
    if (!(cause instanceof ExecaError)) throw cause
    if (cause.code === 'ENOENT') {
      throw new HarnessError(
        'no-openssl',
        'The openssl command is missing; install it (apt-get install openssl).',
        {
          cause,
        },
      )
    }
    const said = String(cause.stderr).trim().split('\n').slice(-3).join(' ')
    const why = cause.timedOut ? `did not end within ${limit / 1000} s` : `failed: ${said}`
    throw new HarnessError('openssl-failed', `openssl ${args[0]} ${why}`, { cause })
  }
}

/** `openssl ca` writes the certificate as text before its PEM. */
function certificateBlock(text: string): string {
  const start = text.indexOf('-----BEGIN CERTIFICATE-----')
  if (start >= 0) return text.slice(start)
  throw new HarnessError('openssl-failed', 'openssl ca wrote no certificate into certs/machine.crt.')
}
