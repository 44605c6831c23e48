import { Command } from 'commander'
import { collect } from './repeatable.ts'
import type { ReportOptions } from './report-action.ts'
import type { SetExit } from './set-exit.ts'

export const reportCommand = (setExit: SetExit): Command =>
  new Command('report')
    .description('make every report again from stored results')
    .argument('<results...>', "results.json of a run, or the run's folder; several are merged")
    .option(
      '--out <dir>',
      'folder for the reports; it must be new or empty (default: the folder of the results)',
    )
    .option('--baseline <file>', 'results.json of an earlier run: exit 1 only for what is worse than it')
    .option('--strict', 'with --baseline: exit 1 for every change, and for what is not as promised anyway')
    .option(
      '--etcd <subject>',
      'a build that must be among the results, or they are incomplete; may be repeated',
      collect,
    )
    .option('--json', 'results.json on standard output; everything else goes to standard error')
    .option('--quiet', 'tell only what is not as it should be')
    .addHelpText('after', help)
    .action(async (files: string[], options: ReportOptions) => {
      const { report } = await import('./report-action.ts')
      setExit(await report(files, options))
    })

const help = `
Runs are merged claim by claim. A cell that was asked of one build and not of another has no result (∅), and that is
exit 3; so merge runs of the same promises.

Shards of a run (\`run --shard i/n\`) are put together: what a shard that is missing, or was killed before it wrote
results, would have asked is inconclusive, and each such shard is named. Alone, and without --out, a shard's reports
speak of that shard only.

Examples:
  etcd-tls report .etcd-tls/20261122-145224-3f9a2c1b-1234-987654-ab12
  etcd-tls report shard-1 shard-2 shard-3 --out merged
  etcd-tls report shards/* --etcd 3.5.35 --etcd 3.6.16 --out merged
  etcd-tls report new/results.json --baseline old/results.json --out compared

Exit status: that of the run, or of the runs together (0, 1, 3); with --baseline 1 is for what is worse than it ·
2 usage or input error.`
