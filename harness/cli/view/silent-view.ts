import type { RunView } from './view.ts'

/** Shows nothing: `--quiet`. */
export const silent: RunView = { onEvent: () => undefined, end: () => Promise.resolve() }
