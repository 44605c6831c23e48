import { inputError } from '../../errors.ts'
import type { Subject } from '../../subject/subject.ts'
import { moduleRecipe } from './module-recipe.ts'

/** How somebody else gets the image. */
export interface ImageWay {
  /** For run.sh: `pull`, or what is to be done where the image is missing. */
  readonly hint: string
  /** For README.md. */
  readonly told: string
  /** `image.sh`, where it makes the image. */
  readonly script?: string
}

export interface WithImage {
  /** The image itself lies in the folder, as `image.tar`. */
  readonly packed: boolean
}

const another = 'IMAGE=name:tag names another build'

/**
 * The way to an image on another machine: from its registry, from the file in the folder, or built again from what is
 * published. Errors: `image-unpublished` (exit 2) where none of these is there.
 */
export function imageWay(subject: Subject, { packed }: WithImage): ImageWay {
  const { source, reference, image } = subject
  if (packed)
    return {
      hint: `load it with: docker load -i image.tar; ${another}`,
      told: `The image is \`image.tar\` in this folder (${image}): \`docker load -i image.tar\`.`,
    }
  if (source === 'official' || source === 'image')
    return {
      hint: 'pull',
      told: `The image is \`${reference}\` (${image}); run.sh pulls it where it is missing.`,
    }
  if (source === 'module') {
    const script = moduleRecipe(subject)
    return {
      hint: `make it with ./image.sh, which needs Go 1.21 or newer; ${another}`,
      told:
        `The image is in no registry: it holds nothing but etcd ${subject.etcd} and its etcdctl, built from the ` +
        `published module with go${subject.go}. \`./image.sh\` builds it again; it needs Go 1.21 or newer and the network.`,
      script,
    }
  }
  throw inputError(
    'image-unpublished',
    `${subject.asked} is in no registry and cannot be built from what is published; put it into the folder with --with-image.`,
  )
}
