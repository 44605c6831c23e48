/**
 * What a placeholder of the command line stands for: `<subject>`, `<version>`, `<id>`, `<glob>`, `<page>`; names of files for any other that
 * is no number and no choice. What is heavy to load is loaded for the one that is asked for.
 * @param placeholder as in `--etcd <subject>`, without its brackets
 */
export async function valuesOf(placeholder: string, word: string): Promise<readonly string[] | 'files'> {
  if (/subject/i.test(placeholder)) return subjects()
  if (placeholder === 'version') return versions()
  if (placeholder === 'page') return Object.keys((await import('../../../fixtures/pages.ts')).pages)
  if (/^(id|glob|claim|cell)s?$/i.test(placeholder)) return ids(placeholder === 'glob', word)
  return /^(i\/n|n|count|seconds|number)$/i.test(placeholder) ? [] : 'files'
}

/** The newest first. */
async function versions(): Promise<string[]> {
  const { releases } = await import('../../../fixtures/releases.ts')
  return releases.map(({ version }) => version).toReversed()
}

/** What an image, a binary or a distribution is called nobody knows beforehand. */
async function subjects(): Promise<string[]> {
  const { liars } = await import('../../../fixtures/liars.ts')
  const { bends } = await import('../../../fixtures/bent.ts')
  return [
    ...['supported', 'all'],
    ...(await versions()),
    ...['image:', 'module:', 'debian:', 'file:', 'liar:honest'],
    ...Object.keys(liars).map((name) => `liar:${name}`),
    ...Object.keys(bends).map((name) => `bent:${name}`),
  ]
}

/** Cells are many: they are offered behind the `:` of their claim. */
async function ids(parts: boolean, word: string): Promise<string[]> {
  const { cellsOf, sectionOf } = await import('../../run/catalogue/cells.ts')
  const { loadCatalogue } = await import('../../run/catalogue/catalogue.ts')
  const cells = (await loadCatalogue()).flatMap(cellsOf)
  if (word.includes(':')) return cells.map(({ cellId }) => cellId)
  const claims = [...new Set(cells.map(({ claimId }) => claimId))]
  if (!parts) return claims
  const above = claims.flatMap((id) => [id.split('/', 1)[0] ?? id, sectionOf({ claimId: id })])
  return [...new Set([...above, ...claims])]
}
