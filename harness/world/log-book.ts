import type { LogLine } from './log-line.ts'
export interface LogBook {
  readonly lines: readonly LogLine[]
}
