import { Command } from 'commander'
import type { SetExit } from './set-exit.ts'

export const doctorCommand = (setExit: SetExit): Command =>
  new Command('doctor')
    .description('say what a run needs: what is there, what is missing and what mends it')
    .option('--json', 'as JSON: an array of {id, what, state: there|lacking|missing, found, mend?, names?}')
    .addHelpText('after', help)
    .action(async ({ json }: { json?: true }) => {
      const { doctor } = await import('./doctor-action.ts')
      setExit(await doctor(json === true))
    })

const help = `
Examples:
  etcd-tls doctor
  etcd-tls doctor --json              also names the kept subject images

Exit status: 0 a run is possible · 3 it is not.`
