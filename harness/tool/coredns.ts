import { createHash } from 'node:crypto'
import { copyFile, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { minor } from 'semver'
import { buildArguments } from '../../docker/etcd/recipe.ts'
import { command, go, keptTag, officialImages, sources, version } from '../../docker/dns/recipe.ts'
import { temporaryFolder } from '../engine/temporary.ts'
import { HarnessError } from '../errors.ts'
import { findGo, GoFailure, lastLine } from '../subject/go.ts'
import { hasImage } from '../subject/images.ts'
import { findKept, importCommands, labels, recipeHash, type Keeping } from '../subject/kept-image.ts'
import { printable } from '../printable.ts'
import { pull } from '../subject/pull.ts'
import type { Surroundings } from '../subject/road.ts'

const name = `CoreDNS ${version}`

/**
 * CoreDNS in the engine: built from its module with the plugins of `docker/dns`, and kept for the next run like a
 * subject; where it cannot be built the official image, whose query log may have quick questions in another order.
 * @returns reference of the image. Errors: HarnessError `no-coredns` (exit 3) naming what is missing; the reason of
 * the signal.
 */
export async function corednsImage(surroundings: Surroundings): Promise<string> {
  const keeping = await keepingOf(surroundings)
  const kept = await findKept(surroundings, keeping)
  if (kept !== undefined) return kept
  try {
    return await build(keeping, surroundings)
  } catch (cause) {
    surroundings.signal.throwIfAborted()
    const reason = reasonOf(cause)
    if (reason === undefined) throw cause
    return (await official(surroundings)) ?? Promise.reject(notHad(reason, cause))
  }
}

async function official(surroundings: Surroundings): Promise<string | undefined> {
  for (const reference of officialImages) if (await hasImage(surroundings, reference)) return reference
  for (const reference of officialImages) {
    surroundings.onProgress(`${name}, the DNS of worlds: asking for ${reference}`)
    if ((await pull(reference, surroundings)).result === 'pulled') return reference
  }
  return undefined
}

async function keepingOf({ arch }: Surroundings): Promise<Keeping> {
  const hash = createHash('sha256')
  for (const source of sources) hash.update(await readFile(source))
  return {
    subject: `coredns@${version}+go${go}`,
    recipe: recipeHash(hash.digest('hex'), go, arch),
    tag: keptTag,
    more: { [labels.version]: version, [labels.go]: go },
  }
}

async function build(keeping: Keeping, surroundings: Surroundings): Promise<string> {
  const { onProgress, signal, arch } = surroundings
  const began = performance.now()
  onProgress(`${name}, the DNS of worlds: building from its module with go${go}`)
  // The run's sweep knows folders of this name.
  await using folder = await temporaryFolder('coredns')
  for (const source of sources) await copyFile(source, join(folder.path, basename(source)))
  const path = join(folder.path, 'coredns.out')
  const environment = { GOFLAGS: '-mod=readonly', CGO_ENABLED: '0', GOOS: 'linux', GOARCH: arch }
  const compiler = await findGo(folder.path, signal)
  await compiler.run(buildArguments(minor(go), path, '.'), {
    folder: folder.path,
    toolchain: go,
    environment,
  })
  const files = [{ name: command.slice(1), path, at: '' }]
  const reference = await importCommands(files, keeping, surroundings)
  onProgress(`${name}: built in ${((performance.now() - began) / 1000).toFixed(1)} s`)
  return reference
}

/** Why it was not built, in words; undefined for what is no matter of Go. */
function reasonOf(cause: unknown): string | undefined {
  if (cause instanceof GoFailure)
    return `building it failed (${printable(lastLine(cause.output), 240)}; check the network and GOPROXY)`
  return cause instanceof HarnessError && cause.code === 'no-go'
    ? 'there is no Go 1.21 or newer on the PATH to build it with'
    : undefined
}

const notHad = (reason: string, cause: unknown): HarnessError =>
  new HarnessError(
    'no-coredns',
    `Claims about names need ${name} as their DNS: ${reason}, and no registry hands out ` +
      `${officialImages.join(' or ')}. Install Go (https://go.dev/dl), pull the image, or leave these claims out ` +
      'with --only.',
    { cause },
  )
