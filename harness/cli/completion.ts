import { Argument, Command } from 'commander'
import { shells, type Shell } from './completion/shells.ts'
import type { SetExit } from './set-exit.ts'

export const completionCommand = (setExit: SetExit): Command =>
  new Command('completion')
    .description('print what makes a shell complete commands, options, ids and subjects')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(shells)))
    .addHelpText('after', help)
    .action((shell: Shell) => {
      process.stdout.write(shells[shell])
      setExit(0)
    })

/** Asked by the shells. @param program whose commands are completed */
export const completeCommand = (setExit: SetExit, program: Command): Command =>
  new Command('complete')
    .description(
      'print what a command line may go on with, a line each; the last word is the one to complete',
    )
    .argument('[word...]', 'the command line without its first word')
    .allowUnknownOption()
    .helpOption(false)
    .action(async (words: string[]) => {
      const { complete } = await import('./completion/complete.ts')
      const lines = await complete(program, words)
      process.stdout.write(lines.map((line) => `${line}\n`).join(''))
      setExit(0)
    })

const help = `
etcd-tls has to be on the path (npm i -g, or an alias).

Examples:
  etcd-tls completion bash >> ~/.bashrc
  etcd-tls completion zsh >> ~/.zshrc
  etcd-tls completion fish >> ~/.config/fish/config.fish

Exit status: 0 printed · 2 usage error.`
