import { answered } from '../engine/client.ts'
import type { Surroundings } from './road.ts'

type Engine = Pick<Surroundings, 'engine'>

/** What is known of an image before it runs. */
export interface ImageFacts {
  /** Digest under which a registry knows it; the image's id where no registry does. */
  readonly identity: string
  /** Folders of its PATH. */
  readonly path: readonly string[]
}

export const hasImage = async (surroundings: Engine, reference: string): Promise<boolean> =>
  (await inspect(surroundings, reference)) !== undefined

/** Undefined when the engine has no such image. */
export async function imageFacts(surroundings: Engine, reference: string): Promise<ImageFacts | undefined> {
  const image = await inspect(surroundings, reference)
  if (image === undefined) return undefined
  const path =
    (image.Config.Env as string[] | null)
      ?.find((variable) => variable.startsWith('PATH='))
      ?.slice('PATH='.length) ?? ''
  return {
    identity: (image.RepoDigests as string[] | null)?.[0] ?? image.Id,
    path: path.split(':').filter((folder) => folder !== ''),
  }
}

async function inspect({ engine }: Engine, reference: string) {
  try {
    return await answered(`of ${reference}`, engine.container.dockerode.getImage(reference).inspect())
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return undefined
    throw error
  }
}
