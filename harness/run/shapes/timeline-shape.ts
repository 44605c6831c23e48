import { isFileRef } from '../../../fixtures/credential.ts'
import type { WorldSpec } from '../../scenario/world.ts'
import type { CatalogueCell } from '../catalogue/cells.ts'
import { part } from './loose.ts'

const kinds = ['connect', 'hold', 'use', 'rotate', 'restart', 'expire']
const rotations = ['in-place', 'rename', 'certificate-first', 'key-first', 'symlink']

/** What keeps the steps of a timeline from being made, in words, or undefined. */
export function wrongTimeline({ when, given }: CatalogueCell['cell']): string | undefined {
  const steps = part(when, 'steps')
  if (!Array.isArray(steps) || steps.length === 0) return 'a timeline has no steps; write timeline([…])'
  return wrongSteps(steps as unknown[], '', {
    members: given.members,
    files: given.files,
    held: new Set(),
    connected: new Set(),
  })
}

interface Ground {
  readonly members: WorldSpec['members']
  readonly files: unknown
  /** Names of what was held so far. */
  readonly held: Set<unknown>
  /** Names of the new connections so far. */
  readonly connected: Set<unknown>
}

/** `within` names the step that these stand in. */
function wrongSteps(steps: readonly unknown[], within: string, ground: Ground): string | undefined {
  for (const [n, step] of steps.entries()) {
    const place = `${within}${String(n + 1)}`
    const wrong = wrongStep(step, place, ground)
    if (wrong !== undefined) return wrong
  }
  return undefined
}

function wrongStep(step: unknown, place: string, ground: Ground): string | undefined {
  const [act, name] = [String(part(step, 'do')), part(step, 'name')]
  if (!kinds.includes(act)) return `step ${place} does ${act}; write one of ${kinds.join(', ')}`
  const member = act === 'rotate' || act === 'restart' ? part(step, 'of') : part(part(step, 'probe'), 'to')
  if (member !== undefined && !Object.hasOwn(ground.members, member as string))
    return `step ${place} is about ${JSON.stringify(member)}, which is no member of the world`
  if (act === 'hold') ground.held.add(name)
  if (act === 'hold' && part(part(step, 'probe'), 'afterHost') !== undefined)
    return `step ${place} holds a connection with \`afterHost\`, which is for a request of its own`
  if (act === 'use' && !ground.held.has(name))
    return `step ${place} uses ${String(name)}, which no step before it holds`
  if (act === 'connect') return wrongConnect(step, place, ground)
  return act === 'rotate' ? wrongRotate(step, place, ground) : undefined
}

/** A refusal without its reason could be any. */
function wrongConnect(step: unknown, place: string, { connected }: Ground): string | undefined {
  const [comes, unlike] = [part(step, 'comes'), part(step, 'madeUnlike')]
  if (unlike !== undefined && !connected.has(unlike))
    return `step ${place} is unlike ${JSON.stringify(unlike)}, which no step before it connects`
  connected.add(part(step, 'name'))
  if (comes === 'refused' && part(part(step, 'because'), 'reason') === undefined)
    return `step ${place} is refused and does not say why; write because: { reason }`
  if (comes === 'client-refuses' && part(step, 'error') === undefined)
    return `step ${place} is refused by the client and does not say how; write error: /…/`
  return undefined
}

function wrongRotate(step: unknown, place: string, ground: Ground): string | undefined {
  const [how, files, between] = [part(step, 'how'), part(step, 'files'), part(step, 'between')]
  if (!rotations.includes(String(how)))
    return `step ${place} rotates ${String(how)}; write one of ${rotations.join(', ')}`
  const wanted = how === 'symlink' ? 'linked' : 'mounted'
  if (ground.files !== wanted) return `step ${place} needs a world with files: '${wanted}'`
  const refs = Object.values((files as object | undefined) ?? {})
  if (refs.length === 0 || !refs.every(isFileRef))
    return `step ${place} has no \`files\`; write certificateOf(), keyOf() …`
  const of = String(part(step, 'of'))
  const options = ground.members[of]?.options
  const strange = Object.keys(files as object).find((option) => !isFileRef(part(options, option)))
  if (strange !== undefined)
    return `step ${place} changes the file of --${strange}, which ${of} is not started with`
  const parted = how === 'certificate-first' || how === 'key-first'
  if (!Array.isArray(between) || between.length === 0) return undefined
  if (!parted) return `step ${place} changes all files at once: nothing lies between them`
  return wrongSteps(between as unknown[], `${place}.`, ground)
}
