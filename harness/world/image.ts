import { HarnessError } from '../errors.ts'
import type { Subject } from '../subject/subject.ts'

const images = new Map<string, string>()

/**
 * Every world of a subject runs the image that was described: a tag may be given to another one meanwhile. Where
 * the subject is known by a registry's digest, the first world says which image that is.
 */
export function demandImage({ reference, image }: Pick<Subject, 'reference' | 'image'>, seen: string): void {
  const described = image.startsWith('sha256:') ? image : (images.get(reference) ?? seen)
  images.set(reference, described)
  if (seen === described) return
  const message = `${reference} is another image now (${seen}) than the one that was described (${described}); run again.`
  throw new HarnessError('another-image', message)
}
