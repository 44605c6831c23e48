import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cellsOf } from '../run/catalogue/cells.ts'
import { loadCatalogue } from '../run/catalogue/catalogue.ts'
import { onlyIds } from '../run/catalogue/only.ts'
import { kinds } from './starter.ts'

const fileOf = (kind: string): string => join(import.meta.dirname, `../starters/${kind}.scenario.ts`)

const globs = Object.keys(kinds).flatMap((kind) =>
  [...readFileSync(fileOf(kind), 'utf8').matchAll(/--only '([^']+)'/g)].map(
    ([, glob = '']) => [kind, glob] as const,
  ),
)
test('a starter shows how to play one of its cells', () => {
  expect(globs).not.toEqual([])
})
test.each(globs)('%s: --only %s is one of its cells', async (kind, glob) => {
  const cells = (await loadCatalogue([fileOf(kind)])).flatMap(cellsOf)
  expect(cells.length).toBeGreaterThan(1)
  expect(cells.filter(onlyIds([glob]))).toHaveLength(1)
})
