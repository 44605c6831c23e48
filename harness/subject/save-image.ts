import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { answered, engineClient } from '../engine/client.ts'
import { HarnessError } from '../errors.ts'

/** Writes an image of the engine into a file, as `docker save` does. Errors: HarnessError `image-save` (exit 3). */
export async function saveImage(reference: string, file: string, signal: AbortSignal): Promise<void> {
  const engine = await engineClient()
  try {
    const image = await answered(`for ${reference}`, engine.container.dockerode.getImage(reference).get())
    await pipeline(image, createWriteStream(file), { signal })
  } catch (cause) {
    signal.throwIfAborted()
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new HarnessError('image-save', `The image ${reference} could not be written to ${file}: ${why}`, {
      cause,
    })
  }
}
