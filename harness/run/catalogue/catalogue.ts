import { existsSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { extname, join, resolve } from 'node:path'
import { pages } from '../../../fixtures/pages.ts'
import { ownFolder } from '../../own-folder.ts'
import { cellsOf, type CatalogueCell } from './cells.ts'
import { checkedCells, faulty, isOwn } from './checked-cells.ts'
import { broken, loadScenario } from './load-scenario.ts'
import { tryOut } from './try-out.ts'
import type { Scenario } from '../../scenario/claim.ts'

const suites = join(ownFolder, 'suites')
/** TypeScript in the checkout, JavaScript in a package. */
const pattern = `**/*.scenario${extname(import.meta.filename)}`

/** Paths of the project's own scenario files, sorted. */
export async function suiteFiles(): Promise<string[]> {
  const files: string[] = []
  for await (const file of glob(pattern, { cwd: suites })) files.push(resolve(suites, file))
  return files.sort()
}

/**
 * Loads scenario files; default the project's own. `edition`: of the modules, see `loadScenario`.
 * Errors: HarnessError `broken-scenario` (exit 2) naming the file.
 */
export async function loadCatalogue(files?: readonly string[], edition = ''): Promise<Scenario[]> {
  const scenarios: Scenario[] = []
  const seen = new Declared()
  for (const file of files ?? (await suiteFiles())) {
    if (edition === '') await tried(file)
    const made = await loadScenario(file, edition)
    const taken = edition === '' && !isOwn(file) ? await takenIds(made) : new Set()
    for (const cell of await checkedCells(made, file)) {
      const clash = taken.has(cell.claimId)
        ? { what: `${cell.claimId} is a claim of the project; give yours another name.` }
        : seen.add(cell, file)
      if (clash === undefined) continue
      const path = [
        'claims',
        cell.claimId.slice(made.id.length + 1),
        ...('field' in clash ? (clash.field ?? []) : []),
      ]
      throw await faulty(file, { what: clash.what, path })
    }
    scenarios.push(made)
  }
  return scenarios
}

/** A stranger's file is loaded elsewhere first, once. */
async function tried(file: string): Promise<void> {
  const path = resolve(file)
  if (isOwn(file) || sound.has(path) || !existsSync(path)) return
  const failed = await tryOut(path)
  if (failed !== undefined) throw broken(file, failed.what, undefined, failed.place)
  sound.add(path)
}
const sound = new Set<string>()

/** Ids of the project's own claims, where a stranger's section is one of its pages. */
async function takenIds({ id }: Scenario): Promise<ReadonlySet<string>> {
  if (!Object.hasOwn(pages, id.split('/', 1)[0] ?? '')) return new Set()
  return new Set((await loadCatalogue()).flatMap(cellsOf).map(({ claimId }) => claimId))
}

/** What was declared so far, and where: files may share a section and a claim, but not a cell. */
class Declared {
  readonly #cells = new Map<string, string>()
  readonly #claims = new Map<string, Pick<CatalogueCell, 'profile'> & { says: string; file: string }>()

  /** What keeps a cell from being declared, and the field that it is about; both files are named. */
  add({ cellId, claimId, profile, claim: { says } }: CatalogueCell, file: string): Clash | undefined {
    const first = this.#claims.get(claimId) ?? { says, file, profile }
    if (first.says !== says)
      return {
        what: `${claimId} says something else than in ${first.file}; give both one \`says\`.`,
        field: ['says'],
      }
    if (first.profile !== profile)
      return {
        what: `${claimId} is ${profile}, but ${first.profile} in ${first.file}; name it in both \`core\`.`,
      }
    const other = this.#cells.get(cellId)
    if (other !== undefined) return { what: `the cell ${cellId} is also declared in ${other}; rename one.` }
    this.#claims.set(claimId, first)
    this.#cells.set(cellId, file)
    return undefined
  }
}

interface Clash {
  readonly what: string
  /** Of the claim. */
  readonly field?: readonly string[]
}
