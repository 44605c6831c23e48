import { ImageName } from 'testcontainers'
import { HarnessError } from '../../errors.ts'
import { hasImage } from '../images.ts'
import { printable } from '../../printable.ts'
import type { Road } from '../road.ts'

/** Limit of a pull that the person asked for by name, in milliseconds. */
const limit = 5 * 60_000

/**
 * An image by its reference: the engine's own copy, or pulled with the person's registry credentials.
 * Errors: `no-image` (exit 3) it is not in the engine and cannot be pulled; the reason of the signal.
 */
export const imageRoad: Road<'image'> = async ({ asked, reference }, surroundings) => {
  const { engine, signal, onProgress } = surroundings
  const arrived = { source: 'image', reference, expects: {}, fresh: false } as const
  if (await hasImage(surroundings, reference)) return arrived
  onProgress(`${asked}: pulling`)
  const tooLate = Promise.withResolvers<never>()
  const stop = (): void => tooLate.reject(signal.reason as Error)
  const timer = setTimeout(
    () => tooLate.reject(new Error(`not done in ${String(limit / 60_000)} min`)),
    limit,
  )
  signal.addEventListener('abort', stop, { once: true })
  try {
    await Promise.race([engine.image.pull(ImageName.fromString(reference)), tooLate.promise])
    // The client does not report errors in the middle of a pull, so the engine is asked what came of it.
    if (await hasImage(surroundings, reference)) return arrived
    throw new Error('the pull ended without an image')
  } catch (cause) {
    signal.throwIfAborted()
    const said = printable(cause instanceof Error ? cause.message : String(cause), 200)
    throw new HarnessError(
      'no-image',
      `${asked}: the image is not in the engine and cannot be pulled (${said}); ` +
        'load it with `docker load`, or check its name and the registry.',
      { cause },
    )
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}
