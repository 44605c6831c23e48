import { Command } from 'commander'
import packageJson from '../../package.json' with { type: 'json' }
import { bisectCommand } from './bisect.ts'
import { certifyCommand } from './certify.ts'
import { cleanCommand } from './clean.ts'
import { completeCommand, completionCommand } from './completion.ts'
import { doctorCommand } from './doctor.ts'
import { explainCommand } from './explain.ts'
import { listCommand } from './list.ts'
import { newCommand } from './new.ts'
import { pageCommand } from './page.ts'
import { provisionCommand } from './provision.ts'
import { reportCommand } from './report.ts'
import { reproCommand } from './repro.ts'
import { runCommand } from './run.ts'
import type { SetExit } from './set-exit.ts'
import { verifyCommand } from './verify.ts'

/** The command line. A usage error is thrown as a CommanderError after it was told. */
export function buildProgram(setExit: SetExit): Command {
  const program = new Command('etcd-tls')
    .description(packageJson.description)
    .version(packageJson.version)
    .exitOverride()
    .showHelpAfterError('(--help shows how it is used)')
    .helpCommand(false)
    .addHelpText('after', footer)
  for (const make of [
    runCommand,
    listCommand,
    newCommand,
    bisectCommand,
    certifyCommand,
    verifyCommand,
    reportCommand,
    pageCommand,
    explainCommand,
    reproCommand,
    doctorCommand,
    provisionCommand,
    cleanCommand,
    completionCommand,
  ]) {
    program.addCommand(make(setExit).copyInheritedSettings(program))
  }
  program.addCommand(completeCommand(setExit, program).copyInheritedSettings(program), { hidden: true })
  return program
}

/** The arguments as they are; without `--help` where it is asked of a command that there is not. */
export function asCommand(args: readonly string[], program: Command): readonly string[] {
  const [name] = args
  const known =
    name === undefined || name.startsWith('-') || program.commands.some((one) => one.name() === name)
  return known ? args : args.filter((text) => text !== '--help' && text !== '-h')
}

const footer = `
Examples:
  etcd-tls run                        the newest stable release
  etcd-tls run --etcd 3.5.35 --only 'security/host-whitelist'
  etcd-tls list                       what is tested
  etcd-tls bisect security/host-whitelist/several-names --from 3.4.25 --to 3.6.16
                                      since which release
  etcd-tls explain --cert client.pem --ca ca.pem
                                      what etcd does with a certificate
  etcd-tls doctor                     what a run needs, and what is missing

Exit status:
  0    all as promised or as declared
  1    a fail or drift that was not declared, or a stale declaration
  2    usage or input error
  3    inconclusive, or the harness or its surroundings failed
  130  interrupted (143 by SIGTERM, 129 by SIGHUP); the run was cleaned up
`
