import { mkdir, stat, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import {
  etcdPath,
  gopathOf,
  installArguments,
  installFolders,
  sourceFolder,
} from '../../docker/etcd/gopath-recipe.ts'
import { pinsOf } from '../../fixtures/pins/pins.ts'
import { HarnessError } from '../errors.ts'
import type { Workshop } from './compile.ts'
import { GoFailure, lastLine } from './go.ts'
import type { ImageFile } from './kept-image.ts'
import { fetchSources } from './module.ts'
import { printable } from '../printable.ts'

/** A release from before Go modules. */
export interface OldRelease {
  readonly version: string
  /** Version of the module that holds its sources. */
  readonly module: string
}

/**
 * Compiles etcd and etcdctl as Go did before modules: every source in one folder, versions as pinned. The sources are
 * linked from the module cache. `what` says in errors what was being built.
 * Errors: `build-failed` (exit 3); those of `fetchSources`; the reason of the signal.
 */
export async function compileInGopath(
  { version, module }: OldRelease,
  what: string,
  { go, toolchain, folder, arch }: Workshop,
): Promise<ImageFile[]> {
  const { modules, workspace } = pinsOf(version)
  const gopath = join(folder, 'gopath')
  const sources = await fetchSources(go, folder, { ...modules, [etcdPath]: module })
  for (const [path, from] of sources) await link(from, join(gopath, sourceFolder(path)))
  const root = await go.run(['env', 'GOROOT'], { folder, toolchain })
  const environment = {
    ...{ GO111MODULE: 'off', GOPATH: gopathOf(gopath, workspace), GOFLAGS: '' },
    ...{ CGO_ENABLED: '0', GOOS: 'linux', GOARCH: arch },
  }
  try {
    await go.run(installArguments, { folder: gopath, toolchain, root, environment })
  } catch (cause) {
    if (!(cause instanceof GoFailure)) throw cause
    const said = printable(lastLine(cause.output), 240)
    throw new HarnessError('build-failed', `${what} with go${toolchain} failed: ${said}`, { cause })
  }
  return Promise.all(['etcd', 'etcdctl'].map((name) => findMade(name, installFolders(gopath, arch))))
}

async function link(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await symlink(from, to, 'dir')
}

async function findMade(name: string, folders: readonly string[]): Promise<ImageFile> {
  for (const folder of folders) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => undefined)
    if (found?.isFile() === true) return { name, path }
  }
  throw new Error(`go install made no ${name} in ${folders.join(' or ')}`)
}
