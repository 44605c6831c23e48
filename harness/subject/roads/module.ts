import { temporaryFolder } from '../../engine/temporary.ts'
import { commandSources } from '../../../docker/etcd/recipe.ts'
import { beforeModules, buildGo, findRelease, moduleVersion } from '../../../fixtures/releases.ts'
import { lineOf } from '../../../fixtures/step.ts'
import { inputError } from '../../errors.ts'
import { buildHash, compileRelease, type Build } from '../compile-release.ts'
import { findGo, GoFailure, type Go } from '../go.ts'
import { findKept, importCommands, labels, type Keeping } from '../kept-image.ts'
import { fetchModule } from '../module.ts'
import { fullGo } from '../parse.ts'
import { noToolchain, orNeighbours } from '../refused.ts'
import type { Arrived, Road, Surroundings } from '../road.ts'

/**
 * Builds a release from its published module with the release's own Go, or with the one asked for, into an
 * empty image, and keeps it. Go's defaults are upstream's (see `goMod` of the recipe).
 * Errors: `no-go`, `no-module-proxy`, `build-failed` (exit 3); `no-toolchain` (2 when there is no such Go, else
 * 3); `unknown-release`, `module-refused`, `go-too-old`, `unknown-go` (exit 2).
 */
export const moduleRoad: Road<'module'> = async ({ asked, version, go }, surroundings) => {
  const release = findRelease(version)
  const module = release?.module ?? moduleVersion(version)
  const line = lineOf(version)
  const known = go ?? (release === undefined ? undefined : buildGo(release))
  if (known !== undefined) {
    const kept = await keptBuild({ asked, version, module, line, go: known }, surroundings)
    if (kept !== undefined) return kept
  }
  // The run's sweep knows folders of this name.
  await using folder = await temporaryFolder('build')
  const compiler = await findGo(folder.path, surroundings.signal)
  const chosen = known ?? (await goOfModule(compiler, folder.path, { asked, version, module, line }))
  const build = { asked, version, module, line, go: chosen }
  const kept = known === undefined ? await keptBuild(build, surroundings) : undefined
  if (kept !== undefined) return kept
  try {
    return await makeImage(build, compiler, folder.path, surroundings)
  } catch (error) {
    throw orNeighbours(error, build)
  }
}

async function keptBuild(build: Build, surroundings: Surroundings): Promise<Arrived | undefined> {
  const reference = await findKept(surroundings, keepingOf(build, surroundings.arch))
  return reference === undefined ? undefined : arrived(build, reference, false)
}

const arrived = ({ version, go }: Build, reference: string, fresh: boolean): Arrived => ({
  source: 'module',
  reference,
  expects: { etcd: version, go },
  fresh,
})

const keepingOf = (build: Build, arch: string): Keeping => ({
  subject: `${build.version}@module+go${build.go}`,
  recipe: buildHash(build, arch),
  tag: `${build.version}-go${build.go}`,
})

/** The Go of a release that the table does not know: the toolchain line of its go.mod. */
async function goOfModule(
  go: Go,
  folder: string,
  { asked, version, module, line }: Omit<Build, 'go'>,
): Promise<string> {
  const [server] = beforeModules(version) ? [] : commandSources(line)
  const settings = server === undefined ? undefined : await fetchModule(go, folder, server.module, module)
  if (settings?.toolchain !== undefined) return fullGo(settings.toolchain)
  throw inputError(
    'unknown-go',
    `${asked}: no go.mod says which Go etcd ${version} was released with; ask for module:${version}+goX.Y.Z.`,
  )
}

async function makeImage(build: Build, go: Go, folder: string, surroundings: Surroundings): Promise<Arrived> {
  const { onProgress, arch } = surroundings
  const began = performance.now()
  onProgress(`${build.asked}: building from its module with go${build.go}`)
  await checkToolchain(build, go, folder)
  const { files, goLine } = await compileRelease(build, { go, toolchain: build.go, folder, arch })
  const keeping = keepingOf(build, arch)
  const more = { [labels.version]: build.version, [labels.go]: build.go, [labels.goLine]: goLine }
  const reference = await importCommands(files, { ...keeping, more }, surroundings)
  onProgress(`${build.asked}: built in ${((performance.now() - began) / 1000).toFixed(1)} s`)
  return arrived(build, reference, true)
}

async function checkToolchain(build: Build, compiler: Go, folder: string): Promise<void> {
  try {
    await compiler.run(['version'], { folder, toolchain: build.go })
  } catch (cause) {
    if (!(cause instanceof GoFailure)) throw cause
    throw noToolchain(build, cause)
  }
}
