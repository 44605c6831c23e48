/**
 * Catalogues of released versions of this tool, by their digest: a bundle that was made with one of them lacks nothing,
 * though cells came since. `npm run catalogue` prints the lines of the present one; a release adds them.
 */
export const knownCatalogues: Readonly<
  Record<string, { readonly version: string; readonly profile: string }>
> = {}
