import { isFileRef } from '../../fixtures/credential.ts'
import type { OptionName, OptionValues } from '../../fixtures/options.ts'
import type { Rotation, Step } from './timeline.ts'

type StepOf<D extends Step['do']> = Extract<Step, { readonly do: D }>

/** Files of a member that change at one moment. */
export interface Rotated {
  readonly do: 'rotate'
  readonly name: string
  readonly of: string
  /** How each of the files is written. */
  readonly write: 'in-place' | 'rename' | 'symlink'
  readonly files: OptionValues
}

/** One thing that is done at one moment of a timeline. */
export type Moment =
  | StepOf<'connect'>
  | StepOf<'hold'>
  | StepOf<'use'>
  | Rotated
  | (StepOf<'restart'> & { readonly name: string })
  | (StepOf<'expire'> & { readonly name: string })

/**
 * The steps of a timeline one after the other: a rotation of one file first is two moments, with what lies between.
 * Pure; each moment becomes one `SeenStep`, in this order.
 */
export const momentsOf = (steps: readonly Step[]): readonly Moment[] =>
  steps.flatMap((step): readonly Moment[] => {
    switch (step.do) {
      case 'rotate':
        return rotations(step)
      case 'restart':
        return [{ ...step, name: `restart ${step.of}` }]
      case 'expire':
        return [{ ...step, name: 'expire' }]
      default:
        return [step]
    }
  })

function rotations({ of, how, files, between = [] }: StepOf<'rotate'>): readonly Moment[] {
  const rotated = (write: Rotated['write'], some: OptionValues): Rotated => ({
    do: 'rotate',
    name: `${Object.keys(some).join(' and ')} of ${of} ${written[write]}`,
    of,
    write,
    files: some,
  })
  if (how === 'in-place' || how === 'rename' || how === 'symlink') return [rotated(how, files)]
  const [first, second] = halves(files, how)
  return [rotated('in-place', first), ...momentsOf(between), rotated('in-place', second)]
}

const written: Readonly<Record<Rotated['write'], string>> = {
  'in-place': 'overwritten in place',
  rename: 'replaced by rename',
  symlink: 'swapped behind the symbolic link',
}

/** Certificates and the rest, in the order that the rotation asks for. */
function halves(files: OptionValues, how: Rotation): readonly [OptionValues, OptionValues] {
  const entries = Object.entries(files) as [OptionName, OptionValues[OptionName]][]
  const certificates = entries.filter(([, value]) => isFileRef(value) && value.file === 'certificate')
  const rest = entries.filter((entry) => !certificates.includes(entry))
  const [first, second] = how === 'key-first' ? [rest, certificates] : [certificates, rest]
  return [Object.fromEntries(first), Object.fromEntries(second)]
}
