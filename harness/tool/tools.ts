import { HarnessError } from '../errors.ts'
import type { Surroundings } from '../subject/road.ts'
import { cfsslTools, cfsslVersion } from './cfssl.ts'
import { corednsImage } from './coredns.ts'
import { v2ServiceImage } from './v2-service.ts'

/**
 * What worlds need beside the subject. `coredns`: the DNS of a world, its command is `command` of
 * `docker/dns/recipe.ts`. `v2-service`: an etcd with the v2 API for subjects that have none; `etcd` is on its PATH.
 */
type ImageName = 'coredns' | 'v2-service'
/** `cfssl`: commands of this host, which their users find by themselves. */
export type ToolName = ImageName | 'cfssl'

/** Tool → reference of an image in the engine. Only what the planned cells need is there. */
export type ToolImages = Partial<Record<ImageName, string>>

const makers: Readonly<Record<ImageName, (surroundings: Surroundings) => Promise<string>>> = {
  coredns: corednsImage,
  'v2-service': v2ServiceImage,
}

/**
 * Brings the tools into the engine, one after the other. Errors: HarnessError with exit 3 naming the tool and what
 * is missing; the reason of the signal.
 */
export async function prepareTools(
  names: Iterable<ToolName>,
  surroundings: Surroundings,
): Promise<ToolImages> {
  const images: ToolImages = {}
  for (const name of names)
    if (name === 'cfssl') await cfsslIfAny(surroundings)
    else images[name] = await makers[name](surroundings)
  return images
}

/** Without it the cells that need it say so themselves. Errors: the reason of the signal. */
async function cfsslIfAny({ signal, onProgress }: Surroundings): Promise<void> {
  onProgress(`cfssl ${cfsslVersion}, for certificates as the guide makes them`)
  await cfsslTools(signal).catch(() => signal.throwIfAborted())
}

/** Errors: HarnessError `no-tool`: the world needs it and the run did not prepare it. */
export function toolOf(images: ToolImages, name: ImageName): string {
  const image = images[name]
  if (image === undefined) throw new HarnessError('no-tool', `The run has no ${name} image for this world.`)
  return image
}
