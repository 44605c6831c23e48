import { Command } from 'commander'
import type { BisectOptions } from './bisect-action.ts'
import type { SetExit } from './set-exit.ts'

export const bisectCommand = (setExit: SetExit): Command =>
  new Command('bisect')
    .description("find the release with which a cell's verdict changes")
    .argument('<id>', 'a cell, or a claim for all its cells')
    .argument('[scenario-file...]', 'scenario files (default: those of the project)')
    .requiredOption('--from <subject>', 'the older build')
    .requiredOption('--to <subject>', 'the newer build')
    .option('--go', 'tell a change of etcd from a change of Go')
    .option('--all', 'play every build between the two, not only those that halving needs')
    .option('--out <dir>', 'folder of the bisection; it must be new or empty (default: .etcd-tls/<run id>)')
    .option('--json', 'as JSON on standard output')
    .usage('<id> --from <subject> --to <subject> [options] [scenario-file...]')
    .addHelpText('after', bisectHelp)
    .action(async (id: string, files: string[], options: BisectOptions) => {
      const { bisectAction } = await import('./bisect-action.ts')
      setExit(await bisectAction(id, files, options))
    })

export const bisectHelp = `
Plays the cell on both builds, then on the release in the middle of those between, and so on: at most six of sixty for a
step.
Each release is built with its own Go; with one Go where both ends name the same (3.5.8+go1.26.10 and
3.5.35+go1.26.10). Two builds of one etcd are halved over the releases of Go between theirs.

Compared are pass, drift and fail, and absent where the page does not promise it yet; that a deviation was declared
makes no difference. A release that is inconclusive or cannot be had is taken for neither side: it is named, and its
neighbour is asked. "Not applicable" counts where an end is so.

Halving finds one step for each verdict that it meets. A history that goes back and forth has others: --all.

With --go the step is built four times, both etcds with both Gos, as far as their modules allow (the go line of a
module is the oldest Go that builds it), and a sentence says what changed it: etcd, Go, either, or both together.

A release that is not kept yet is built first, which takes a minute or more. Builds are kept in the engine;
\`etcd-tls clean --subjects\` removes them.

Examples:
  etcd-tls bisect security/host-whitelist/unlisted-name-is-refused --from 3.3.27 --to 3.6.16
  etcd-tls bisect security/client-certificates/without-one-is-rejected --from 3.4.25 --to 3.5.35 --go
  etcd-tls bisect security/client-certificates/without-one-is-rejected:request=v3,tls=1.3 \\
    --from 3.5.8+go1.19.13 --to 3.5.8+go1.26.5
  etcd-tls bisect security/discovery-srv/exception-in-3.2.9 --from 3.2.8 --to 3.2.10 --all --json

Files: bisection.json and bisection.md with both sides, results.json and report.html of every build that was
played, and in runs/ what each of them showed.
Exit status: 0 a step was found · 1 there is none, the ends come to the same · 2 usage or input ·
3 an end, a build between the sides or a corner is inconclusive, one between the sides could not be built, or the
harness failed · 130, 143, 129 ended by SIGINT, SIGTERM, SIGHUP: all containers are removed, runs/ holds what
was played.`
