import { wantsColor, type ConsoleOptions } from '../../reports/index.ts'
import { asTyped } from './written.ts'

const defaultColumns = 100

/**
 * How to write to where people read, standard output unless told otherwise.
 * @param folder of the results that are told, absolute
 */
export const consoleOptions = (
  stream: NodeJS.WriteStream = process.stdout,
  folder?: string,
): ConsoleOptions => ({
  color: wantsColor(stream, process.env),
  columns: stream.columns || defaultColumns,
  ...(folder !== undefined && { folder: asTyped(folder, process.cwd()) }),
})
