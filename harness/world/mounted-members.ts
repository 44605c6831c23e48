import { isFileRef } from '../../fixtures/credential.ts'
import type { OptionName } from '../../fixtures/options.ts'
import { HarnessError } from '../errors.ts'
import type { MemberSpec } from '../scenario/world.ts'
import type { MountedFiles } from './mounts.ts'
import { place } from './placement.ts'

interface Mounted {
  readonly name: string
  readonly mount?: MountedFiles
}

/**
 * Writes the files behind options of a member anew.
 * Errors: HarnessError `not-mounted`, `other-layout` (exit 2); those of the file system.
 */
export async function rotateFiles(
  { name, mount }: Mounted,
  spec: MemberSpec,
  how: 'in-place' | 'rename' | 'symlink',
  texts: Readonly<Partial<Record<OptionName, string>>>,
): Promise<void> {
  if (mount === undefined) {
    const message = `The files of ${name} cannot be rotated: its world needs \`files: 'mounted'\` or \`'linked'\`.`
    throw new HarnessError('not-mounted', message, { exit: 2 })
  }
  const { path } = place(spec)
  const files = Object.entries(texts) as [OptionName, string][]
  await mount.rotate(how, Object.fromEntries(files.map(([option, text]) => [pathOf(option), text])))

  function pathOf(option: OptionName): string {
    const ref = spec.options[option]
    if (isFileRef(ref)) return path(ref)
    throw new HarnessError('not-mounted', `Option ${option} of ${name} points to no file.`, { exit: 2 })
  }
}
