import { Argument, Command, Option } from 'commander'
import { kinds, type Kind } from './starter.ts'
import type { SetExit } from './set-exit.ts'

export const newCommand = (setExit: SetExit): Command =>
  new Command('new')
    .description('write a commented scenario file to start from, which works at once')
    .addArgument(new Argument('[file]', 'the file to write').default('my.scenario.ts'))
    .addOption(new Option('--kind <kind>', 'what it shows').choices(Object.keys(kinds)).default('refuse'))
    .addHelpText('after', help)
    .action(async (file: string, { kind }: { kind: Kind }) => {
      const { writeStarter } = await import('./new-action.ts')
      process.stdout.write(await writeStarter(file, kind))
      setExit(0)
    })

const width = Math.max(...Object.keys(kinds).map(({ length }) => length))
const help = `
Kinds:
${Object.entries(kinds)
  .map(([kind, what]) => `  ${kind.padEnd(width)}  ${what}`)
  .join('\n')}

The file may lie anywhere; its name ends in .scenario.ts (or .mts, .js, .mjs). No file is overwritten.
An editor finds the types of 'etcd-tls/scenario' where the package is installed (npm i -D etcd-tls-….tgz). When it
runs, types are not checked; what is wrong is told with file:line:column.

Examples:
  etcd-tls new
  etcd-tls new tests/rotation.scenario.ts --kind timeline
  etcd-tls run my.scenario.ts --etcd 3.6.16

Exit status: 0 written · 2 usage or input error.`
