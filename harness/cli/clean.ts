import { Command } from 'commander'
import type { CleanOptions } from './clean-action.ts'
import type { SetExit } from './set-exit.ts'

export const cleanCommand = (setExit: SetExit): Command =>
  new Command('clean')
    .description('remove what killed runs left: containers, networks and temporary folders')
    .option('--all', 'of every run, also of those that live')
    .option(
      '--subjects',
      'remove the kept subject images, tools, and what Node compiled, too: the next run builds them anew',
    )
    .option('--engine', 'stop the engine that the set-up started, too; never another')
    .addHelpText('after', help)
    .action(async (options: CleanOptions) => {
      const { clean } = await import('./clean-action.ts')
      for (const line of await clean(options)) process.stdout.write(`${line}\n`)
      setExit(0)
    })

const help = `
A run is dead when its process is: its id names host, process and the time that one started. What a run of
another host left counts as dead when nothing was added to it for an hour.

Examples:
  etcd-tls clean
  etcd-tls clean --subjects --engine

Exit status: 0 cleaned · 3 something could not be removed.`
