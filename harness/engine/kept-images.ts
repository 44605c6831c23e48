import { engineClient } from './client.ts'

/** The label of a subject image that is kept for the next run; its value names the subject. */
export const subjectLabel = 'etcd-tls.subject'

export interface KeptImage {
  readonly id: string
  /** `3.6.16@module+go1.26.10` */
  readonly name: string
}

/** Errors: HarnessError `no-engine`. */
export async function keptImages(): Promise<KeptImage[]> {
  const docker = (await engineClient()).container.dockerode
  const images = await docker.listImages({ filters: { label: [subjectLabel] } })
  return images.map(({ Id, Labels }) => ({ id: Id, name: Labels[subjectLabel] ?? Id })).toSorted(byName)
}

const byName = (a: KeptImage, b: KeptImage): number => a.name.localeCompare(b.name)

/** Removes every kept subject image. @returns their names. Errors: HarnessError `no-engine`; the engine's own. */
export async function removeKeptImages(): Promise<string[]> {
  const docker = (await engineClient()).container.dockerode
  const images = await keptImages()
  for (const { id } of images) await docker.getImage(id).remove({ force: true })
  return images.map(({ name }) => name)
}
