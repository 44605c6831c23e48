import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inputError, type HarnessError } from '../../errors.ts'
import type { Scenario } from '../../scenario/claim.ts'
import { failedLoad, firstLine } from '../place/failed-load.ts'
import { fieldPlace } from '../place/field-place.ts'
import { written, type Place } from '../place/place.ts'
import { teachVocabulary } from './vocabulary.ts'
import { wrongSection } from '../shapes/section-shape.ts'

/**
 * An error of a scenario file: `broken-scenario`, exit 2, one sentence that begins with the file as it was given, and
 * with line and column where they are known.
 */
export const broken = (file: string, what: string, cause?: unknown, place?: Place): HarnessError =>
  inputError('broken-scenario', `${place === undefined ? file : writtenFor(file, place)}: ${what}`, cause)

/** The file is called as the user called it. */
const writtenFor = (given: string, place: Place): string =>
  written(place.file === resolve(given) ? { ...place, file: given } : place)

const noScenario = `it must export default scenario('page/section', { claims }).`
const part = '[A-Za-z0-9][A-Za-z0-9_.-]*'
const sectionId = new RegExp(`^${part}/${part}$`)

/** What a stranger exports may be anything, also what throws when it is looked at. */
function shapelessOf(made: Scenario | undefined): string | undefined {
  try {
    const { id, claims } = (made ?? {}) as { id?: unknown; claims?: unknown }
    if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) return noScenario
    if (typeof id !== 'string' || !sectionId.test(id)) return noScenario
    return Object.keys(claims).length === 0 ? 'it declares no claim.' : undefined
  } catch (cause) {
    return `what it exports cannot be read: ${firstLine(cause)}.`
  }
}

const endings = /\.scenario\.m?[tj]s$/

/**
 * Loads one scenario file. A file that is loaded once more in the same thread is run once more only as another
 * `edition`, a query of its address. Errors: `broken-scenario` (exit 2) naming the file as it was given.
 */
export async function loadScenario(file: string, edition = ''): Promise<Scenario> {
  const found = statSync(file, { throwIfNoEntry: false })
  if (found === undefined) throw broken(file, 'there is no such scenario file.')
  if (found.isDirectory()) throw broken(file, `it is a folder; name the .scenario.ts files in it.`)
  if (!endings.test(file)) throw broken(file, 'its name must end in .scenario.ts, .mts, .js or .mjs.')
  const made = await imported(file, edition)
  const shapeless = shapelessOf(made)
  if (made === undefined || shapeless !== undefined)
    throw broken(file, shapeless ?? noScenario, undefined, await fieldPlace(resolve(file), []))
  const wrong = wrongSection(made)
  if (wrong !== undefined)
    throw broken(file, `${wrong}.`, undefined, await fieldPlace(resolve(file), ['heading']))
  return made
}

async function imported(file: string, edition: string): Promise<Scenario | undefined> {
  teachVocabulary()
  const path = resolve(file)
  try {
    return ((await import(`${pathToFileURL(path).href}${edition}`)) as { default?: Scenario }).default
  } catch (cause) {
    const { what, place } = await failedLoad(path, cause)
    throw broken(file, what, cause, place)
  }
}
