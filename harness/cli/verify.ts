import { Command } from 'commander'
import type { SetExit } from './set-exit.ts'
import type { VerifyCommandOptions } from './verify-action.ts'

export const verifyCommand = (setExit: SetExit): Command =>
  new Command('verify')
    .description(
      'verify a bundle of `certify`, offline: files, signature, and every verdict from its evidence',
    )
    .argument('<bundle>', "the bundle's folder, or its .tgz")
    .option('--public-key <file>', "the vendor's public key (PEM), got by another way than the bundle")
    .option('--rerun <n>', 'play so many of its cells again on the build, or all; needs an engine')
    .option('--seed <text>', 'with --rerun: choose the same cells as the run that told this seed')
    .option('--etcd <subject>', 'with --rerun: where the build is, if not where the bundle names it')
    .addHelpText('after', help)
    .action(async (bundle: string, options: VerifyCommandOptions) => {
      const { verifyNow } = await import('./verify-action.ts')
      setExit(await verifyNow(bundle, options))
    })

const help = `
Checked: the digest of every file, the signature, that the documents agree, that each cell of the profile is there
once, that its evidence is of this build and this run, and that today's judge gives the same verdict for it.
Not checked, because nobody can offline: that the evidence was not made up as a whole. --rerun asks the build itself.

Examples:
  etcd-tls verify bundle
  etcd-tls verify bundle.tgz --public-key vendor.pem
  etcd-tls verify bundle --rerun 20

Exit status: 0 all holds and the build is certified · 1 it does not: what and where is named · 2 usage, or no bundle
that can be read · 3 claims were changed since it was made, so that not every cell can be judged again, or a cell
that was played again was inconclusive.`
