import { Command } from 'commander'
import type { ReproOptions } from './repro-action.ts'
import type { SetExit } from './set-exit.ts'

export const reproCommand = (setExit: SetExit): Command =>
  new Command('repro')
    .description('write a folder that shows a cell again without etcd-tls, for an issue report')
    .argument('<id>', 'a cell, or a claim for all its cells')
    .argument('[scenario-file...]', 'scenario files (default: those of the project)')
    .option('--etcd <subject>', 'the build (default: that of the results, else the newest stable release)')
    .option('--results <run>', 'take what was seen from this run instead of playing the cell now')
    .requiredOption('--out <dir>', 'the folder; it must be new or empty')
    .option('--with-image', 'put the image of the build into the folder')
    .usage('<id> --out <dir> [options] [scenario-file...]')
    .addHelpText('after', reproHelp)
    .action(async (id: string, files: string[], options: ReproOptions) => {
      const { repro } = await import('./repro-action.ts')
      setExit(await repro(id, files, options))
    })

const reproHelp = `
Plays the cell on the build and writes what was seen into a folder, with run.sh, which shows it again with new keys: it
needs Linux with bash, docker (or podman), openssl 3 and curl, and nothing of etcd-tls. run.sh ends with SAME (exit 0),
DIFFERENT (1), or CANNOT TELL and why (2). The findings are those of the run, be they as promised or not: a folder made
of a bug says SAME where the bug is, and DIFFERENT where it is mended (IMAGE=name:tag ./run.sh).

A claim of several cells gives a folder for each, and a run.sh that goes through all. Cells that docker, openssl, curl
and etcdctl cannot show are named. An image that is in no registry comes with image.sh, which builds it from the
published module; other builds (file:, debian:, liar:, bent:) need --with-image.

Examples:
  etcd-tls repro security/host-whitelist/unlisted-name-is-refused:endpoint=version,port=with --etcd 3.6.16 --out report
  etcd-tls repro security/client-certificates/without-one-is-rejected --etcd 3.5.35 --out report
  etcd-tls repro security/host-whitelist/unlisted-name-is-refused --results .etcd-tls/RUN --out report
  etcd-tls repro security/peer-ip-san/wrong-address-is-denied --etcd file:./my-etcd --with-image --out report

Exit status: 0 the folder is written · 2 usage or input, also a cell that cannot be shown or does not apply ·
3 the cell was inconclusive, or the harness failed · 130, 143, 129 ended by SIGINT, SIGTERM, SIGHUP.`
