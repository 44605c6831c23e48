import { Command } from 'commander'
import type { SetExit } from './set-exit.ts'
import { collect } from './repeatable.ts'
import type { RunCommandOptions } from './run-action.ts'
import { runHelp } from './run-help.ts'

export const runCommand = (setExit: SetExit): Command =>
  new Command('run')
    .description('test an etcd build: which promises does it keep?')
    .argument('[scenario-file...]', 'scenario files (default: those of the project)')
    .option(
      '--etcd <subject>',
      'the build to test; may be repeated (default: the newest stable release)',
      collect,
    )
    .option('--only <glob>', 'only cells whose id, claim, section or page matches; may be repeated', collect)
    .option('--shard <i/n>', 'only the i-th of n parts of the cells; `etcd-tls report` merges the parts')
    .option('--out <dir>', 'folder of the run; it must be new or empty (default: .etcd-tls/<run id>)')
    .option('--baseline <file>', 'results.json of an earlier run: exit 1 only for what is worse than it')
    .option('--strict', 'with --baseline: exit 1 for every change, and for what is not as promised anyway')
    .option(
      '--since-last-good [path]',
      'do not play again what was good before and depends on nothing that changed (default: any run in .etcd-tls)',
    )
    .option('--again <glob>', 'with --since-last-good: cells to play all the same; may be repeated', collect)
    .option('--json', 'results.json on standard output when it ends; everything else goes to standard error')
    .option('--quiet', 'tell nothing while it runs, and at the end only what is not as it should be')
    .option('--provision', 'set up a container engine where none answers')
    .option('--provision-ask', 'the same, but ask first on a terminal (npm start does so)')
    .addHelpText('after', runHelp)
    .action(async (files: string[], options: Partial<RunCommandOptions>) => {
      const { run } = await import('./run-action.ts')
      setExit(await run(files, { etcd: [], only: [], again: [], ...options }))
    })
