import type { RunEvent } from '../../run/events.ts'

/** Where a view writes; `process.stdout` is one. */
export interface Output {
  write(text: string): unknown
  readonly isTTY?: boolean
  readonly columns?: number
}

/** Shows a run while it runs. */
export interface RunView {
  onEvent(event: RunEvent): void
  /** Resolves when everything is written. Nothing that comes later is shown. */
  end(): Promise<void>
}

export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`
