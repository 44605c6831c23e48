import { isFileRef } from '../../fixtures/credential.ts'
import type { OptionName } from '../../fixtures/options.ts'
import { inputError } from '../errors.ts'
import type { WorldSpec } from '../scenario/world.ts'
import type { MountedFiles } from './mounts.ts'
import { place } from './placement.ts'

/** A world as far as its files are concerned. */
interface Mounted {
  readonly spec: WorldSpec
  /** Names of the processes that it was started with. */
  started(): readonly string[]
  member(name: string): { readonly mount?: MountedFiles }
}

/**
 * Writes the files behind options of a member anew, on this host.
 * Errors: HarnessError `not-mounted`, `other-layout` (exit 2); those of the file system.
 */
export async function rotateFiles(
  world: Mounted,
  name: string,
  how: 'in-place' | 'rename' | 'symlink',
  texts: Readonly<Partial<Record<OptionName, string>>>,
): Promise<void> {
  const { mount } = world.member(name)
  const spec = world.spec.members[name]
  if (mount === undefined || spec === undefined) {
    const needs = `the world needs \`files: '${how === 'symlink' ? 'linked' : 'mounted'}'\``
    throw inputError('not-mounted', `The files of ${name} cannot be rotated: ${needs}.`)
  }
  const { path } = place(spec)
  const pathOf = (option: OptionName): string => {
    const ref = spec.options[option]
    if (isFileRef(ref)) return path(ref)
    throw inputError('not-mounted', `Option ${option} of ${name} points to no file.`)
  }
  const files = Object.entries(texts) as [OptionName, string][]
  await mount.rotate(how, Object.fromEntries(files.map(([option, text]) => [pathOf(option), text])))
}

/** Every file of every member has the text it had at the start. */
export async function restoreFiles(world: Mounted): Promise<void> {
  for (const name of world.started()) await world.member(name).mount?.restore()
}
