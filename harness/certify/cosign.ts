import { join } from 'node:path'
import { execa } from 'execa'
import { which } from '../engine/machine.ts'
import { HarnessError, inputError } from '../errors.ts'
import { files } from './layout.ts'

/** Errors: `no-cosign` (exit 2) where there is no such command. */
export function demandCosign(path?: string): string {
  const found = which('cosign', path)
  if (found !== undefined) return found
  throw inputError(
    'no-cosign',
    '--cosign: there is no cosign on this machine; install it, or sign with --key.',
  )
}

/**
 * Signs the manifest of a bundle with a key of cosign's, into a file beside it and into no log that is public. cosign
 * asks for its password itself, or takes COSIGN_PASSWORD. Errors: `cosign-failed` (exit 3) with what it says.
 */
export async function signWithCosign(cosign: string, folder: string, key: string): Promise<void> {
  const [manifest, signature] = [join(folder, files.manifest), join(folder, files.cosign)]
  const args = [
    'sign-blob',
    '--yes',
    '--key',
    key,
    '--tlog-upload=false',
    '--output-signature',
    signature,
    manifest,
  ]
  const { exitCode, stderr } = await execa(cosign, args, {
    reject: false,
    stdin: 'inherit',
    stdout: 'ignore',
  })
  if (exitCode !== 0)
    throw new HarnessError(
      'cosign-failed',
      `cosign did not sign the bundle: ${stderr.trim().split('\n').at(-1) ?? ''}`,
    )
}
