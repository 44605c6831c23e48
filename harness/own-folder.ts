import { resolve } from 'node:path'

/** The folder that holds `harness/` and its neighbours: the checkout, or what of a package runs. */
export const ownFolder = resolve(import.meta.dirname, '..')

/**
 * The TypeScript that a module was written in: the module itself in the checkout, beside it in a package. For the
 * few whose text is hashed.
 */
export const sourceOf = (module: string): string => module.replace(/\.js$/, '.ts')
