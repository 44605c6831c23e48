import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { temporaryFolder } from '../../engine/temporary.ts'
import { debianPackages } from '../../../docker/etcd/recipe.ts'
import { HarnessError, inputError } from '../../errors.ts'
import { findKept, importTar, recipeHash } from '../kept-image.ts'
import { printable } from '../../printable.ts'
import type { Road } from '../road.ts'

/** Limit of mmdebstrap, in milliseconds; 7 s on a good network. */
const limit = 5 * 60_000

/**
 * A distributor's build: the packages of a Debian suite, unpacked by mmdebstrap from the mirror that this
 * machine uses. The image is kept until `etcd-tls clean --subjects`, also when Debian publishes a newer package.
 * Errors: `no-mmdebstrap` (exit 3), `unknown-suite` (exit 2), `debian-failed` (exit 3); the reason of the signal.
 */
export const debianRoad: Road<'debian'> = async ({ asked, suite }, surroundings) => {
  const packages = debianPackages(suite).join(',')
  const recipe = recipeHash(packages, suite, surroundings.arch)
  const keeping = { subject: asked, recipe, tag: `debian-${suite}` }
  const kept = await findKept(surroundings, keeping)
  if (kept !== undefined) return { source: 'debian', reference: kept, expects: {}, fresh: false }
  surroundings.onProgress(`${asked}: unpacking ${packages}`)
  // The run's sweep knows folders of this name; mmdebstrap keeps its own temporary folders in it too.
  await using folder = await temporaryFolder('debian')
  const tar = join(folder.path, 'out.tar')
  await unpack(asked, [`--include=${packages}`, suite, tar], folder.path, surroundings.signal)
  const reference = await importTar(createReadStream(tar), keeping, surroundings)
  return { source: 'debian', reference, expects: {}, fresh: true }
}

async function unpack(
  asked: string,
  args: readonly string[],
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const result = await execa('mmdebstrap', ['--variant=extract', ...args], {
    cwd: folder,
    env: { TMPDIR: folder },
    stdin: 'ignore',
    reject: false,
    timeout: limit,
    cancelSignal: signal,
    killDescendants: true,
    forceKillAfterDelay: 5000,
  })
  signal.throwIfAborted()
  if (!result.failed) return
  if (result.code === 'ENOENT')
    throw new HarnessError(
      'no-mmdebstrap',
      `${asked}: mmdebstrap is missing; install it with \`apt-get install mmdebstrap\` (Debian, Ubuntu).`,
      { cause: result },
    )
  const said = reasonOf(result.stderr) ?? result.shortMessage ?? 'no reason given'
  if (/404\b|does not have a Release file|no such suite/i.test(result.stderr))
    throw inputError(
      'unknown-suite',
      `${asked}: the mirror has no such suite with etcd in it (${printable(said, 160)}).`,
      result,
    )
  throw new HarnessError(
    'debian-failed',
    `${asked}: mmdebstrap failed: ${printable(said, 240)}; check the mirror.`,
    {
      cause: result,
    },
  )
}

/** The first line that states an error: the later ones only say that it was one. */
const reasonOf = (stderr: string): string | undefined =>
  stderr.split('\n').find((line) => /^(E:|Err:)/.test(line))
