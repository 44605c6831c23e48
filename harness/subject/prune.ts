import { engineClient } from '../engine/client.ts'
import { labels } from './kept-image.ts'

/** An image that we made and keep. */
export interface KeptSubject {
  /** `3.6.16@module+go1.26.10`, `debian:bookworm`, `binary:<sha256>`. */
  readonly subject: string
  /** Its tag, or its id when a later image took the tag. */
  readonly reference: string
  /** Bytes on the engine's disk. */
  readonly size: number
}

/** Every kept subject of this engine; images that were pulled are the person's own. Errors: `no-engine`. */
export async function keptSubjects(): Promise<KeptSubject[]> {
  const docker = (await engineClient()).container.dockerode
  const images = await docker.listImages({ all: true, filters: { label: [labels.subject] } })
  return images.map((image) => ({
    subject: image.Labels[labels.subject] ?? '',
    reference: image.RepoTags?.find((tag) => tag !== '<none>:<none>') ?? image.Id,
    size: image.Size,
  }))
}

/** What came of the removal. `inUse`: a container of some run still has it. */
export interface Pruned {
  readonly removed: readonly KeptSubject[]
  readonly inUse: readonly KeptSubject[]
}

/** Removes kept subjects, all by default, that no container uses. Errors: `no-engine`, and the engine's own. */
export async function pruneSubjects(chosen?: readonly KeptSubject[]): Promise<Pruned> {
  const docker = (await engineClient()).container.dockerode
  const removed: KeptSubject[] = []
  const inUse: KeptSubject[] = []
  for (const kept of chosen ?? (await keptSubjects())) {
    const gone = await isGone(docker.getImage(kept.reference).remove())
    ;(gone ? removed : inUse).push(kept)
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
