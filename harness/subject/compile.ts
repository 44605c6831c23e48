import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { minor } from 'semver'
import { buildArguments, buildFlags, type CommandSource } from '../../docker/etcd/recipe.ts'
import { HarnessError } from '../errors.ts'
import { GoFailure, lastLine, type Go } from './go.ts'
import type { ImageFile } from './kept-image.ts'
import { printable } from '../printable.ts'

/** With what and where commands are compiled. */
export interface Workshop {
  readonly go: Go
  /** Release without `go`. */
  readonly toolchain: string
  readonly folder: string
  readonly arch: string
}

/**
 * Compiles one command in a folder of its own, so that each has the dependencies its own go.mod names. `what` says
 * in errors what was being built. Errors: `build-failed` (exit 3); the reason of the signal.
 */
export async function compileCommand(
  { name, package: path }: Pick<CommandSource, 'name' | 'package'>,
  mod: string,
  what: string,
  { go, toolchain, folder, arch }: Workshop,
): Promise<ImageFile> {
  const own = join(folder, name)
  await mkdir(own)
  await writeFile(join(own, 'go.mod'), mod)
  const output = join(folder, `${name}.out`)
  const goMinor = minor(toolchain)
  const environment = { GOFLAGS: buildFlags(goMinor), CGO_ENABLED: '0', GOOS: 'linux', GOARCH: arch }
  try {
    await go.run(buildArguments(goMinor, output, path), { folder: own, toolchain, environment })
  } catch (cause) {
    if (!(cause instanceof GoFailure)) throw cause
    throw new HarnessError(
      'build-failed',
      `${what} with go${toolchain} failed: ${printable(lastLine(cause.output), 240)}`,
      { cause },
    )
  }
  return { name, path: output }
}
