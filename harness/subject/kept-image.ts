import { createReadStream, readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { pack, type Pack } from 'tar-stream'
import { commandFolder, imageChanges, imageFolders, recipeFile } from '../../docker/etcd/recipe.ts'
import { answered } from '../engine/client.ts'
import { subjectLabel } from '../engine/kept-images.ts'
import { HarnessError } from '../errors.ts'
import { sourceOf } from '../own-folder.ts'
import { followProgress } from './progress-stream.ts'
import type { Surroundings } from './road.ts'

/** Labels of an image that we made and keep for the next run. */
export const labels = {
  subject: subjectLabel,
  version: 'etcd-tls.version',
  go: 'etcd-tls.go',
  /** The `go` line that the runtime's defaults follow. */
  goLine: 'etcd-tls.go-line',
  recipe: 'etcd-tls.recipe',
} as const

/** What an image is found again by, and what is written on it. */
export interface Keeping {
  /** `3.6.16@module+go1.26.10`, `debian:bookworm`, `binary:<sha256>`. */
  readonly subject: string
  /** Hash of everything that decides what is in it. */
  readonly recipe: string
  /** Tag within `etcd-tls/subject`. */
  readonly tag: string
  readonly more?: Readonly<Record<string, string>>
}

/** Of everything that is kept in the engine for the next run. */
export const repository = 'etcd-tls/subject'

/** Hash over the recipe's source and what it is applied to, 16 hex digits. */
export function recipeHash(...parts: readonly string[]): string {
  const hash = createHash('sha256').update(readFileSync(sourceOf(recipeFile)))
  for (const part of parts) hash.update(`\n${part}`)
  return hash.digest('hex').slice(0, 16)
}

/** Reference of the kept image; undefined when there is none, or one of another recipe. */
export async function findKept({ engine }: Surroundings, keeping: Keeping): Promise<string | undefined> {
  const wanted = [`${labels.subject}=${keeping.subject}`, `${labels.recipe}=${keeping.recipe}`]
  const listing = engine.container.dockerode.listImages({ filters: { label: wanted } })
  const found = await answered('its images', listing)
  const reference = `${repository}:${keeping.tag}`
  return found.some(({ RepoTags }) => RepoTags?.includes(reference)) ? reference : undefined
}

/** A file that goes into an image. */
export interface ImageFile {
  readonly name: string
  readonly path: string
  /** Folder in the image with its slash; default that of commands. */
  readonly at?: string
}

/** Makes an image that holds the commands and nothing else. Errors: as `importTar`. */
export async function importCommands(
  files: readonly ImageFile[],
  keeping: Keeping,
  surroundings: Surroundings,
): Promise<string> {
  const tar = pack()
  const stream = Readable.from(tar, { objectMode: false })
  // The engine's answer decides; a broken pipe on our side would only hide it.
  const filled = fill(tar, files, surroundings.signal).catch((error: unknown) => tar.destroy(error as Error))
  const reference = await importTar(stream, keeping, surroundings)
  await filled
  return reference
}

async function fill(tar: Pack, files: readonly ImageFile[], signal: AbortSignal): Promise<void> {
  for (const [name, mode] of Object.entries(imageFolders)) tar.entry({ name, mode, type: 'directory' })
  for (const { name, path, at = commandFolder } of files) {
    const { size } = await stat(path)
    const entry = tar.entry({ name: `${at}${name}`, mode: 0o755, size, mtime: new Date(0) })
    await pipeline(createReadStream(path), entry, { signal })
  }
  tar.finalize()
}

/**
 * Imports a tar under the tag, all or nothing: the engine moves the tag when the image is complete, so of two
 * runs the last one wins. The image that had the tag before goes when no container uses it.
 * Errors: `image-import` (exit 3); the reason of the signal.
 */
export async function importTar(
  tar: NodeJS.ReadableStream,
  keeping: Keeping,
  { engine, signal, arch }: Surroundings,
): Promise<string> {
  const docker = engine.container.dockerode
  const reference = `${repository}:${keeping.tag}`
  try {
    const stream = await docker.importImage(tar, {
      repo: repository,
      tag: keeping.tag,
      changes: changes(keeping),
      platform: `linux/${arch}`,
      abortSignal: signal,
    })
    await followProgress(stream, signal, { idle: 120_000 })
  } catch (cause) {
    signal.throwIfAborted()
    throw new HarnessError('image-import', `The engine did not take the image ${reference}: ${text(cause)}`, {
      cause,
    })
  }
  await removeReplaced(docker, keeping.subject)
  return reference
}

const text = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

/** Dockerfile instructions; values are quoted as in JSON, which the Dockerfile reads alike. */
function changes({ subject, recipe, more }: Keeping): string[] {
  const all = { [labels.subject]: subject, [labels.recipe]: recipe, ...more }
  return [
    ...imageChanges,
    ...Object.entries(all).map(([name, value]) => `LABEL ${name}=${JSON.stringify(value)}`),
  ]
}

type Docker = Surroundings['engine']['container']['dockerode']

/** Images of the subject that lost their tag to a later one, or never got it because a run was killed. */
async function removeReplaced(docker: Docker, subject: string): Promise<void> {
  const filters = { label: [`${labels.subject}=${subject}`], dangling: ['true'] }
  for (const { Id } of await docker.listImages({ filters }))
    // In use by another run (409), or gone already (404): both are fine.
    await docker
      .getImage(Id)
      .remove()
      .catch(() => undefined)
}
