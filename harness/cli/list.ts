import { Command } from 'commander'
import type { ListOptions } from './list-action.ts'
import type { SetExit } from './set-exit.ts'
import { collect } from './repeatable.ts'

export const listCommand = (setExit: SetExit): Command =>
  new Command('list')
    .description('list every claim with its cells')
    .argument('[scenario-file...]', 'scenario files (default: those of the project)')
    .option('--json', 'as JSON: an array of claims with their cells')
    .option('--etcd <subject>', 'say whether each cell applies to this release; may be repeated', collect)
    .option('--only <glob>', 'only cells whose id, claim, section or page matches; may be repeated', collect)
    .addHelpText('after', help)
    .action(async (files: string[], options: Partial<ListOptions>) => {
      const { list } = await import('./list-action.ts')
      process.stdout.write(await list(files, { etcd: [], only: [], ...options }))
      setExit(0)
    })

const help = `
JSON: [{id, page, section, says, profile, since?, except?, until?, open?, cites, cells: [{id, at, applies?}]}].
\`open\` says what the page leaves open. \`applies\` is there with --etcd: by subject, true or the reason why not.
In a glob * stands for anything within a part of an id (a part ends at a slash), ** for any number of parts, and the name
of a page, a section or a claim for all its cells.
Nothing is started; builds that must be asked (image:, file:, debian:) are not taken.

Examples:
  etcd-tls list
  etcd-tls list --only 'security/https/**'
  etcd-tls list --json --etcd 3.4.25 --etcd 3.6.16

Exit status: 0 listed · 2 usage or input error.`
