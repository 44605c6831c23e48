import { releaseImages } from '../../../fixtures/releases.ts'
import { HarnessError } from '../../errors.ts'
import { isSilent, pull } from '../pull.ts'
import type { Arrived, Road, Surroundings } from '../road.ts'
import { hasImage } from '../images.ts'
import { moduleRoad } from './module.ts'

/**
 * A release: the official image, from the engine or from a registry that answers; otherwise its module.
 * Errors: those of the module road, with what was tried before.
 * @param repositories default upstream's; a mirror's, or a test's own
 */
export const releaseRoadFrom =
  (repositories?: readonly string[]): Road<'release'> =>
  async ({ asked, version }, surroundings) => {
    const official = await officialImage(asked, releaseImages(version, repositories), surroundings)
    if (typeof official !== 'string') return { ...official, expects: { etcd: version } }
    surroundings.onProgress(`${asked}: ${official}, so its module it is`)
    try {
      return await moduleRoad({ road: 'module', asked, version }, surroundings)
    } catch (error) {
      if (!(error instanceof HarnessError)) throw error
      throw new HarnessError(
        error.code,
        `${asked}: ${official}, and the other road is closed: ${error.message}`,
        {
          cause: error,
          exit: error.exit,
        },
      )
    }
  }

export const releaseRoad: Road<'release'> = releaseRoadFrom()

type Official = Omit<Arrived, 'expects'>

/** The image, or why there is none, in words. */
async function officialImage(
  asked: string,
  references: readonly string[],
  surroundings: Surroundings,
): Promise<Official | string> {
  const found = (reference: string): Official => ({ source: 'official', reference, fresh: false })
  for (const reference of references) if (await hasImage(surroundings, reference)) return found(reference)
  let absent = false
  for (const reference of references) {
    if (!isSilent(reference)) surroundings.onProgress(`${asked}: asking for ${reference}`)
    const pulled = await pull(reference, surroundings)
    if (pulled.result === 'pulled') return found(reference)
    absent ||= pulled.result === 'absent'
  }
  return absent ? 'the registries have no image of it' : 'no registry answers'
}
