import { Command } from 'commander'
import type { SetExit } from './set-exit.ts'

export const doctorCommand = (setExit: SetExit): Command =>
  new Command('doctor')
    .description('say what a run needs: what is there, what is missing and what mends it')
    .option('--json', 'as JSON: an array of {id, what, state: there|lacking|missing, found, mend?}')
    .addHelpText('after', '\nExit status: 0 a run is possible · 3 it is not.')
    .action(async ({ json }: { json?: true }) => {
      const { doctor } = await import('./doctor-action.ts')
      setExit(await doctor(json === true))
    })
