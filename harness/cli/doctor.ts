import { styleText } from 'node:util'
import { Command } from 'commander'
import { oneLine } from '../../reports/index.ts'
import { diagnose, runIsPossible, type Finding } from '../engine/doctor.ts'
import { lookAround } from '../engine/surroundings.ts'
import type { SetExit } from './program.ts'

export const doctorCommand = (setExit: SetExit): Command =>
  new Command('doctor')
    .description('say what a run needs: what is there, what is missing and what mends it')
    .option('--json', 'as JSON: an array of {id, what, state: there|lacking|missing, found, mend?}')
    .addHelpText('after', '\nExit status: 0 a run is possible · 3 it is not.')
    .action(async ({ json }: { json?: true }) => {
      const findings = diagnose(await lookAround())
      process.stdout.write(json === true ? `${JSON.stringify(findings, null, 2)}\n` : asText(findings))
      setExit(runIsPossible(findings) ? 0 : 3)
    })

const signs = {
  there: () => styleText('green', '✔'),
  lacking: () => styleText('yellow', '–'),
  missing: () => styleText('red', '✘'),
}

function asText(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ what }) => what.length))
  const lines = findings.flatMap(({ what, state, found, mend }) => [
    `${signs[state]()} ${what.padEnd(width)}  ${oneLine(found)}`,
    ...(mend === undefined ? [] : [`  ${' '.repeat(width)}  → ${mend}`]),
  ])
  const end = runIsPossible(findings) ? 'A run is possible.' : 'A run is not possible yet.'
  return [...lines, end, ''].join('\n')
}
