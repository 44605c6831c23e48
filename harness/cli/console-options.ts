import { wantsColor, type ConsoleOptions } from '../../reports/index.ts'

const defaultColumns = 100

/** How to write to standard output. */
export const consoleOptions = (): ConsoleOptions => ({
  color: wantsColor(process.stdout, process.env),
  columns: process.stdout.columns || defaultColumns,
})
