import { styleText } from 'node:util'
import { oneLine } from '../../reports/index.ts'
import { diagnose, runIsPossible, type Finding } from '../engine/doctor.ts'
import { lookAround } from '../engine/surroundings.ts'

/** @returns the exit status. */
export async function doctor(json: boolean): Promise<number> {
  const findings = diagnose(await lookAround())
  process.stdout.write(json ? `${JSON.stringify(findings, null, 2)}\n` : asText(findings))
  return runIsPossible(findings) ? 0 : 3
}

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
