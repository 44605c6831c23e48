import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sources } from '../../docker/init/recipe.ts'
import { HarnessError } from '../errors.ts'
import { GoFailure, type Go } from '../subject/go.ts'
import { keptTool } from './kept-tool.ts'

/**
 * The init of berths (docker/init), built for the engine's machine with this one's Go and kept between runs. It starts
 * processes and decides nothing, so the Go it is built with does not matter.
 * @param arch as Go names it
 * @returns its path on this host; undefined where there is no Go to build it: then every process has a container of its own.
 * Errors: the reason of the signal.
 */
export async function berthInit(arch: string, signal: AbortSignal): Promise<string | undefined> {
  const hash = createHash('sha256')
  for (const source of sources) hash.update(await readFile(source))
  try {
    const name = `init-${hash.digest('hex').slice(0, 12)}-linux-${arch}`
    return join(await keptTool(name, (go, folder) => build(go, folder, arch), signal), 'init')
  } catch (cause) {
    signal.throwIfAborted()
    if (cause instanceof GoFailure || (cause instanceof HarnessError && cause.code === 'no-go'))
      return undefined
    throw cause
  }
}

const build: (go: Go, folder: string, arch: string) => Promise<string> = (go, folder, arch) =>
  go.run(['build', '-trimpath', '-ldflags=-s -w', '-o', join(folder, 'init'), '.'], {
    folder: dirname(sources[0] ?? ''),
    toolchain: 'local',
    environment: { GOOS: 'linux', GOARCH: arch, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly -buildvcs=false' },
  })
