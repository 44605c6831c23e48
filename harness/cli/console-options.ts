import { wantsColor, type ConsoleOptions } from '../../reports/index.ts'

const defaultColumns = 100

/** How to write to where people read, standard output unless told otherwise. */
export const consoleOptions = (stream: NodeJS.WriteStream = process.stdout): ConsoleOptions => ({
  color: wantsColor(stream, process.env),
  columns: stream.columns || defaultColumns,
})
