import { engineClient } from './client.ts'

/** The label of a subject image that is kept for the next run; its value names the subject. */
export const subjectLabel = 'etcd-tls.subject'

export interface KeptImage {
  readonly id: string
  /** `3.6.16@module+go1.26.10`, `debian:bookworm`, `binary:<sha256>` */
  readonly name: string
}

/** Those that we made; images that were pulled are the person's own. Errors: HarnessError `no-engine`. */
export async function keptImages(): Promise<KeptImage[]> {
  const docker = (await engineClient()).container.dockerode
  const images = await docker.listImages({ filters: { label: [subjectLabel] } })
  return images.map(({ Id, Labels }) => ({ id: Id, name: Labels[subjectLabel] ?? Id })).toSorted(byName)
}

const byName = (a: KeptImage, b: KeptImage): number => a.name.localeCompare(b.name)

/** What came of the removal. `inUse`: a container, or a tag that is not ours, still has it. */
export interface RemovedImages {
  readonly removed: readonly KeptImage[]
  readonly inUse: readonly KeptImage[]
}

/**
 * Removes kept subject images that nothing uses: a run that goes on keeps its own.
 * @param chosen default all
 * Errors: HarnessError `no-engine`; the engine's own.
 */
export async function removeKeptImages(chosen?: readonly KeptImage[]): Promise<RemovedImages> {
  const docker = (await engineClient()).container.dockerode
  const removed: KeptImage[] = []
  const inUse: KeptImage[] = []
  for (const image of chosen ?? (await keptImages())) {
    const gone = await isGone(docker.getImage(image.id).remove())
    ;(gone ? removed : inUse).push(image)
  }
  return { removed, inUse }
}

/** False when the image is in use (409); an image that is gone already (404) is removed. */
async function isGone(removal: Promise<unknown>): Promise<boolean> {
  try {
    await removal
    return true
  } catch (error) {
    const status = (error as { statusCode?: number }).statusCode
    if (status === 409) return false
    if (status === 404) return true
    throw error
  }
}
