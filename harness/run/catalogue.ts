import { existsSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { HarnessError, inputError } from '../errors.ts'
import { wrongIn } from './cell-shape.ts'
import type { Axes, Cell, Claim, Matrix, Scenario } from '../scenario/claim.ts'

/** A claim at one point of its matrix. */
export interface CatalogueCell {
  /** `page/section/slug`. */
  readonly claimId: string
  /** `page/section/slug:axis=value,axis=value`, axes sorted; the claim's id where it has no axes. */
  readonly cellId: string
  readonly at: Readonly<Record<string, string>>
  readonly claim: Claim
  readonly cell: Cell
}

const suites = resolve(import.meta.dirname, '../../suites')

/** Paths of the project's own scenario files, sorted. */
export async function suiteFiles(): Promise<string[]> {
  const files: string[] = []
  for await (const file of glob('**/*.scenario.ts', { cwd: suites })) files.push(resolve(suites, file))
  return files.sort()
}

/**
 * Loads scenario files; default the project's own.
 * Errors: HarnessError `broken-scenario` (exit 2) naming the file.
 */
export async function loadCatalogue(files?: readonly string[]): Promise<Scenario[]> {
  const scenarios: Scenario[] = []
  const seen = new Map<string, string>()
  for (const file of files ?? (await suiteFiles())) {
    const made = await loadScenario(resolve(file))
    for (const { cellId } of checkedCells(made, file)) {
      const other = seen.get(cellId)
      if (other !== undefined)
        throw broken(file, `the cell ${cellId} is also declared in ${other}; rename one.`)
      seen.set(cellId, file)
    }
    scenarios.push(made)
  }
  return scenarios
}

const broken = (file: string, what: string, cause?: unknown): HarnessError =>
  inputError('broken-scenario', `${file}: ${what}`, cause)

async function loadScenario(file: string): Promise<Scenario> {
  if (!existsSync(file)) throw broken(file, 'there is no such scenario file.')
  let loaded: { default?: Scenario }
  try {
    loaded = (await import(pathToFileURL(file).href)) as { default?: Scenario }
  } catch (cause) {
    throw broken(file, `it cannot be loaded: ${firstLine(cause)}`, cause)
  }
  const made = loaded.default
  if (typeof made?.claims !== 'object' || !/^[\w.-]+\/[\w.-]+$/.test(made.id))
    throw broken(file, `it must export default scenario('page/section', { claims }).`)
  return made
}

const firstLine = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause)).split('\n', 1)[0] ?? ''

/** A user's file may hold anything: TypeScript is not checked when it runs. */
function checkedCells(made: Scenario, file: string): CatalogueCell[] {
  try {
    const cells = cellsOf(made)
    for (const cell of cells) {
      const wrong = wrongIn(cell)
      if (wrong !== undefined) throw broken(file, `${cell.cellId}: ${wrong}.`)
    }
    return cells
  } catch (cause) {
    throw cause instanceof HarnessError
      ? cause
      : broken(file, `a claim is broken: ${firstLine(cause)}`, cause)
  }
}

/** Every cell of a scenario, in the order of the file. Errors: HarnessError `broken-scenario` (exit 2). */
export function cellsOf(scenario: Scenario): CatalogueCell[] {
  return Object.entries(scenario.claims).flatMap(([slug, claim]): CatalogueCell[] => {
    const claimId = `${scenario.id}/${slug}`
    if (!/^[A-Za-z0-9.-]+$/.test(slug))
      throw inputError('broken-scenario', `${claimId}: a slug has letters, digits, "." and "-" only.`)
    if (!isMatrix(claim)) return [{ claimId, cellId: claimId, at: {}, claim, cell: claim }]
    return points(claim.axes).map((at) => ({
      claimId,
      cellId: cellId(claimId, at),
      at,
      claim,
      cell: claim.cell(at),
    }))
  })
}

const isMatrix = (claim: Claim): claim is Claim & Matrix => 'axes' in claim

function points(axes: Axes): Record<string, string>[] {
  return Object.entries(axes).reduce<Record<string, string>[]>(
    (sofar, [axis, values]) => sofar.flatMap((at) => values.map((value) => ({ ...at, [axis]: value }))),
    [{}],
  )
}

function cellId(claimId: string, at: Readonly<Record<string, string>>): string {
  const parts = Object.entries(at)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([axis, value]) => `${axis}=${value}`)
  const wrong = parts.find((part) => !/^[A-Za-z0-9.-]+=[A-Za-z0-9.-]+$/.test(part))
  if (wrong !== undefined)
    throw inputError(
      'broken-scenario',
      `${claimId}: "${wrong}" is not an axis: use letters, digits, "." and "-".`,
    )
  return `${claimId}:${parts.join(',')}`
}
