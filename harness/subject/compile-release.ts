import { readFileSync } from 'node:fs'
import { gopathRecipeFile } from '../../docker/etcd/gopath-recipe.ts'
import { commandSources, goMod } from '../../docker/etcd/recipe.ts'
import { pinsOf } from '../../fixtures/pins/pins.ts'
import { beforeModules } from '../../fixtures/releases.ts'
import { sourceOf } from '../own-folder.ts'
import { compileCommand, type Workshop } from './compile.ts'
import { compileInGopath } from './gopath.ts'
import { recipeHash, type ImageFile } from './kept-image.ts'
import { fetchModule } from './module.ts'
import { checkFloor } from './parse.ts'

/** One build: which sources, with which Go. */
export interface Build {
  readonly asked: string
  readonly version: string
  /** Version of the modules that hold it. */
  readonly module: string
  readonly line: string
  readonly go: string
}

export interface Compiled {
  readonly files: readonly ImageFile[]
  /** The `go` line that the runtime's defaults follow, or `none`. */
  readonly goLine: string
}

/** Compiles the commands of a release. Errors: `go-too-old` (exit 2); those of the compiling. */
export async function compileRelease(build: Build, workshop: Workshop): Promise<Compiled> {
  const { asked, version, module } = build
  if (!beforeModules(version)) return compileModules(build, workshop)
  const files = await compileInGopath(build, `${asked}: building etcd ${module}`, workshop)
  return { files, goLine: 'none' }
}

async function compileModules(build: Build, workshop: Workshop): Promise<Compiled> {
  const { asked, version, module, line, go } = build
  const files: ImageFile[] = []
  let goLine = 'none'
  for (const source of commandSources(line)) {
    const settings = await fetchModule(workshop.go, workshop.folder, source.module, module)
    checkFloor(go, settings.go, version, asked)
    goLine = settings.go ?? goLine
    const text = goMod(source.module, module, settings)
    const what = `${asked}: building ${source.package} ${module}`
    files.push(await compileCommand(source, text, what, workshop))
  }
  return { files, goLine }
}

/** Hash of everything that decides what is in the image. */
export function buildHash({ version, module, go }: Build, arch: string): string {
  if (!beforeModules(version)) return recipeHash(module, go, arch)
  return recipeHash(
    module,
    go,
    arch,
    readFileSync(sourceOf(gopathRecipeFile), 'utf8'),
    JSON.stringify(pinsOf(version)),
  )
}
