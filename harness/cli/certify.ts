import { Command, Option } from 'commander'
import { inputError } from '../errors.ts'
import type { CertifyCommandOptions } from './certify-action.ts'
import type { SetExit } from './set-exit.ts'

/** What a certificate must not leave out. */
const filters = [
  '--only <glob>',
  '--shard <i/n>',
  '--baseline <file>',
  '--strict',
  '--since-last-good [path]',
  '--again <glob>',
] as const

export function certifyCommand(setExit: SetExit): Command {
  const command = new Command('certify')
    .description('certify a build for a profile, and write the evidence as a bundle that anybody can verify')
    .requiredOption('--etcd <subject>', 'the build: image:REF, best with its digest, or file:PATH')
    .requiredOption('--product <file>', 'product.yaml: vendor, product, version, contact')
    .requiredOption('--out <dir>', 'folder of the bundle; it must be new or empty')
    .option(
      '--profile <name>',
      'core: what every secure deployment relies on; extended: all promises',
      'core',
    )
    .option('--key <file>', "the vendor's Ed25519 private key (PEM), which signs the bundle")
    .option(
      '--cosign <key>',
      'sign with cosign, too: a key file or a KMS reference (cosign must be installed)',
    )
    .option('--archive <file>', 'write the bundle as one file (.tgz), too')
    .option('--provision', 'set up a container engine where none answers')
    .argument('[scenario-file...]')
    .usage('--etcd <subject> --product <file> --out <dir> [options]')
    .addHelpText('after', help)
    .action(async (extra: string[], options: CertifyCommandOptions & Record<string, unknown>) => {
      refuse(extra, options)
      const { certifyNow } = await import('./certify-action.ts')
      setExit(await certifyNow(options))
    })
  for (const flags of filters) command.addOption(new Option(flags).hideHelp())
  return command
}

/** Errors: `certify-all` (exit 2): a certificate is for the whole profile, as the project states it. */
function refuse([file]: readonly string[], options: Record<string, unknown>): void {
  if (file !== undefined)
    throw inputError(
      'certify-all',
      `certify takes no scenario files (${file}): it asks what the project asks.`,
    )
  for (const flags of filters) {
    const option = new Option(flags)
    if (options[option.attributeName()] !== undefined)
      throw inputError(
        'certify-all',
        `certify takes no ${String(option.long)}: a certificate is for the whole profile, in one run.`,
      )
  }
}

const help = `
product.yaml:
  vendor: Example Corp
  product: Example etcd
  version: '3.6.16-1'
  contact: security@example.com
  website: https://example.com/etcd    (may be left out, as the two below)
  description: etcd rebuilt with our compiler
  etcd: 3.6.16

A release (3.6.16) or a set of builds is not taken: it may be one build here and another there. Deviations that the
project declares of such builds pass and are listed by name.

A key: openssl genpkey -algorithm ed25519 -out key.pem
Its public half, for --public-key of verify: openssl pkey -in key.pem -pubout -out vendor.pem

Examples:
  etcd-tls certify --etcd image:registry.example/etcd:v3.6.16 --product product.yaml --out bundle --key key.pem
  etcd-tls certify --etcd file:./etcd --product product.yaml --out bundle --profile extended --archive bundle.tgz

The bundle is written whatever comes out: results.json, junit.xml, the evidence of every cell, CERTIFICATE.md,
REPRODUCE.md, MANIFEST.sha256 and its signature; no private key. \`etcd-tls verify\` checks it.
Exit status: 0 certified · 1 not: a fail or drift that was not declared · 2 usage or input · 3 inconclusive or the
harness failed · 130, 143, 129 ended by a signal.`
