import { createHash } from 'node:crypto'
import { cp, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { minor } from 'semver'
import { temporaryFolder } from '../../engine/temporary.ts'
import { buildArguments } from '../../../docker/etcd/recipe.ts'
import { buildGo, newestStable } from '../../../fixtures/releases.ts'
import { HarnessError } from '../../errors.ts'
import { findGo, GoFailure, lastLine } from '../go.ts'
import { findKept, importCommands, labels, recipeHash } from '../kept-image.ts'
import { printable } from '../../printable.ts'
import type { Road, Surroundings } from '../road.ts'

/** The server that breaks one rule: standard library only, so nothing is downloaded. */
const sources = join(import.meta.dirname, '../../../docker/liar')

/** Where the server reads which rule to break. */
const ruleFile = 'etc/liar-rule'

/**
 * A deliberately wrong server as a subject, built with the Go of the default subject so that its alerts and
 * error texts are the real ones.
 * Errors: `no-go`, `build-failed` (exit 3).
 */
export const liarRoad: Road<'liar'> = async ({ asked, liar }, surroundings) => {
  const go = buildGo(newestStable())
  const keeping = {
    subject: asked,
    recipe: recipeHash(await sourceHash(), liar, go, surroundings.arch),
    tag: `liar-${liar}`,
    more: { [labels.go]: go },
  }
  const result = { source: 'liar', expects: { go }, shownAs: `liar-${liar}` } as const
  const kept = await findKept(surroundings, keeping)
  if (kept !== undefined) return { ...result, reference: kept, fresh: false }
  surroundings.onProgress(`${asked}: building with go${go}`)
  // The run's sweep knows folders of this name.
  await using folder = await temporaryFolder('liar')
  const path = await compile(asked, go, folder.path, surroundings)
  const rule = join(folder.path, 'rule')
  await writeFile(rule, liar)
  const files = [
    { name: 'etcd', path },
    { name: ruleFile, path: rule, at: '' },
  ]
  return { ...result, reference: await importCommands(files, keeping, surroundings), fresh: true }
}

async function compile(
  asked: string,
  toolchain: string,
  folder: string,
  { arch, signal }: Surroundings,
): Promise<string> {
  const source = join(folder, 'source')
  await cp(sources, source, { recursive: true })
  const go = await findGo(folder, signal)
  const path = join(folder, 'etcd.out')
  const environment = { GOFLAGS: '', CGO_ENABLED: '0', GOOS: 'linux', GOARCH: arch }
  try {
    await go.run(buildArguments(minor(toolchain), path, '.'), { folder: source, toolchain, environment })
    return path
  } catch (cause) {
    if (!(cause instanceof GoFailure)) throw cause
    const said = printable(lastLine(cause.output), 240)
    throw new HarnessError(
      'build-failed',
      `${asked}: building docker/liar with go${toolchain} failed: ${said}`,
      { cause },
    )
  }
}

async function sourceHash(): Promise<string> {
  const hash = createHash('sha256')
  for (const name of (await readdir(sources)).filter((file) => /^go\.mod$|\.go$/.test(file)).toSorted())
    hash.update(`${name}\n`).update(await readFile(join(sources, name)))
  return hash.digest('hex')
}
