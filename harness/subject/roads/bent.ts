import { cp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bendHash, bendSources, editsByModule, replaceLines, type Plan } from '../../../docker/bend/recipe.ts'
import { commandSources, goMod } from '../../../docker/etcd/recipe.ts'
import { bends, type Edit } from '../../../fixtures/bent.ts'
import { buildGo, findRelease } from '../../../fixtures/releases.ts'
import { lineOf } from '../../../fixtures/step.ts'
import { temporaryFolder } from '../../engine/temporary.ts'
import { HarnessError } from '../../errors.ts'
import { compileCommand } from '../compile.ts'
import { findGo, GoFailure, lastLine } from '../go.ts'
import { findKept, importCommands, labels, recipeHash, type ImageFile } from '../kept-image.ts'
import { fetchModule } from '../module.ts'
import { printable } from '../../printable.ts'
import type { Road, Surroundings } from '../road.ts'

interface BentBuild {
  readonly asked: string
  readonly edits: readonly Edit[]
  readonly etcdctl: boolean
  /** `3.6.16`, and `v3.6.16` or what else the module's version is. */
  readonly version: string
  readonly module: string
  readonly go: string
}

/**
 * A real etcd with one check taken out: its modules are copied, the copies bent (`docker/bend`), and the server built
 * from them with the release's own Go.
 * Errors: `no-go`, `no-module-proxy`, `not-bent` a place is not in these sources exactly once, `build-failed`
 * (exit 3); those of `fetchModule`.
 */
export const bentRoad: Road<'bent'> = async ({ asked, bend, version }, surroundings) => {
  const build = buildOf(asked, bend, version)
  const { go } = build
  const keeping = {
    subject: `${version}@bent-${bend}+go${go}`,
    recipe: recipeHash(
      await bendHash(),
      JSON.stringify(build.edits),
      String(build.etcdctl),
      build.module,
      go,
      surroundings.arch,
    ),
    tag: `bent-${bend}-${version}`,
    more: { [labels.version]: version, [labels.go]: go },
  }
  const result = { source: 'bent', expects: { etcd: version, go }, shownAs: `bent-${bend}` } as const
  const kept = await findKept(surroundings, keeping)
  if (kept !== undefined) return { ...result, reference: kept, fresh: false }
  surroundings.onProgress(`${asked}: bending and building etcd ${version} with go${go}`)
  // The run's sweep knows folders of this name.
  await using folder = await temporaryFolder('bent')
  const commands = await makeCommands(build, folder.path, surroundings)
  return { ...result, reference: await importCommands(commands, keeping, surroundings), fresh: true }
}

/** `parseSubject` has looked both up before. */
function buildOf(asked: string, bend: string, version: string): BentBuild {
  const [bent, release] = [bends[bend], findRelease(version)]
  if (bent === undefined || release === undefined) throw new Error(`${asked} was not parsed`)
  const { edits, etcdctl = false } = bent
  return { asked, edits, etcdctl, version, module: release.module, go: buildGo(release) }
}

async function makeCommands(
  { asked, edits, etcdctl, version, module, go: toolchain }: BentBuild,
  folder: string,
  { signal, arch }: Surroundings,
): Promise<ImageFile[]> {
  const go = await findGo(folder, signal)
  const line = lineOf(version)
  const folders = new Map<string, string>()
  const modules: Plan['modules'][number][] = []
  for (const [path, mine] of editsByModule(edits, line)) {
    const to = join(folder, `module-${String(modules.length)}`)
    const { sources } = await fetchModule(go, folder, path, module)
    modules.push({ from: sources, to, edits: mine })
    folders.set(path, to)
  }
  await bendModules({ modules }, asked, folder, (plan, source) =>
    go.run(['run', '.', plan], { folder: source, toolchain: 'local', environment: { GOFLAGS: '' } }),
  )
  const files: ImageFile[] = []
  for (const source of commandSources(line).filter(({ name }) => name === 'etcd' || etcdctl)) {
    const settings = await fetchModule(go, folder, source.module, module)
    const text = goMod(source.module, module, settings) + replaceLines(folders)
    const what = `${asked}: building ${source.package} ${module}`
    files.push(await compileCommand(source, text, what, { go, toolchain, folder, arch }))
  }
  return files
}

/** Errors: `not-bent` (exit 3). */
async function bendModules(
  plan: Plan,
  asked: string,
  folder: string,
  run: (plan: string, source: string) => Promise<unknown>,
): Promise<void> {
  const [file, source] = [join(folder, 'plan.json'), join(folder, 'bend')]
  await writeFile(file, JSON.stringify(plan))
  await cp(bendSources, source, { recursive: true, filter: (path) => !/\.[tj]s$/.test(path) })
  try {
    await run(file, source)
  } catch (cause) {
    if (!(cause instanceof GoFailure)) throw cause
    const said = cause.output.split('\n').find((text) => text.startsWith('bend: ')) ?? lastLine(cause.output)
    throw new HarnessError('not-bent', `${asked}: ${printable(said.replace(/^bend: /, ''), 240)}.`, { cause })
  }
}
