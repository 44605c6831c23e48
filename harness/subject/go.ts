import { join } from 'node:path'
import { coerce, lt } from 'semver'
import { execa } from 'execa'
import { HarnessError } from '../errors.ts'
import { printable } from '../printable.ts'

/** A Go command whose settings are ours: nothing of the user's flags or toolchain choice reaches the build. */
export interface Go {
  /** Runs `go` in `folder` with the given toolchain. Errors: GoFailure; the reason of the signal. */
  run(args: readonly string[], options: GoRun): Promise<string>
}

export interface GoRun {
  readonly folder: string
  /** `local` or a release without `go`, for instance `1.26.10`. */
  readonly toolchain: string
  /** Folder of that toolchain, whose own command is run: outside modules Go does not change toolchains by itself. */
  readonly root?: string
  readonly environment?: Readonly<Record<string, string>>
}

/** `go` ended with an error; `output` is what it wrote to standard error, standard output where that is empty. */
export class GoFailure extends Error {
  readonly output: string
  constructor(args: readonly string[], output: string, cause: unknown) {
    super(`go ${args.join(' ')}: ${lastLine(output)}`, { cause })
    this.name = 'GoFailure'
    this.output = output
  }
}

/** Where modules come from and are kept stays the user's; everything else of Go is set by us. */
const passedOn = [
  'GOPROXY',
  'GONOPROXY',
  'GOSUMDB',
  'GONOSUMDB',
  'GOPRIVATE',
  'GOINSECURE',
  'GOVCS',
  'GOAUTH',
  'GOPATH',
  'GOMODCACHE',
  'GOCACHE',
] as const

/** Limit for one `go` command: a first build downloads a toolchain and about a hundred modules. */
const limitMinutes = 20

/**
 * The Go of this machine, 1.21 or newer: it fetches any other release by itself (GOTOOLCHAIN).
 * Errors: `no-go` (exit 3) there is none, or an older one.
 */
export async function findGo(folder: string, signal: AbortSignal): Promise<Go> {
  const base = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(GO[A-Z0-9]*|CGO_.*)$/.test(name)),
  )
  const users = await usersSettings(folder, signal)
  const settings = Object.fromEntries(passedOn.map((name) => [name, users[name]]))
  const run: Go['run'] = async (args, { folder: cwd, toolchain, root, environment }) => {
    const env = {
      ...base,
      ...settings,
      ...(toolchain !== 'local' && lt(toolchain, '1.13.0')
        ? { GOPROXY: firstProxy(users['GOPROXY'] ?? '') }
        : {}),
      GOENV: 'off',
      GOWORK: 'off',
      GO111MODULE: 'on',
      GOTOOLCHAIN: toolchainName(toolchain),
      ...(root === undefined ? {} : { GOROOT: root }),
      ...environment,
    }
    const command = root === undefined ? 'go' : join(root, 'bin', 'go')
    const result = await execa(command, args, { cwd, env, extendEnv: false, ...limits(signal) })
    signal.throwIfAborted()
    if (result.failed) throw new GoFailure(args, outputOf(result), result)
    return result.stdout
  }
  return { run }
}

const outputOf = (result: { stderr: string; stdout: string; shortMessage?: string }): string =>
  [result.stderr, result.stdout].find((text) => text.trim() !== '') ?? result.shortMessage ?? ''

/** The whole process tree ends with the signal: `go build` runs compilers of its own. */
const limits = (signal: AbortSignal) =>
  ({
    cancelSignal: signal,
    killDescendants: true,
    forceKillAfterDelay: 2000,
    timeout: limitMinutes * 60_000,
    reject: false,
    stdin: 'ignore',
  }) as const

async function usersSettings(folder: string, signal: AbortSignal): Promise<Record<string, string>> {
  const env = { GOTOOLCHAIN: 'local', GOWORK: 'off' }
  const args = ['env', '-json', 'GOVERSION', ...passedOn]
  const result = await execa('go', args, { cwd: folder, env, ...limits(signal) })
  signal.throwIfAborted()
  if (result.failed) {
    const tried =
      result.code === 'ENOENT' ? 'there is no `go` on the PATH' : printable(lastLine(result.stderr))
    throw noGo(tried, result)
  }
  const settings = JSON.parse(result.stdout) as Record<string, string>
  const version = settings['GOVERSION'] ?? ''
  if (lt(coerce(version)?.version ?? '0.0.0', '1.21.0'))
    throw noGo(`${version || 'the `go` on the PATH'} is too old`)
  return settings
}

const noGo = (what: string, cause?: unknown): HarnessError =>
  new HarnessError(
    'no-go',
    `Building etcd from its module needs Go 1.21 or newer, but ${what}; ` +
      'install it (https://go.dev/dl), or test image:REF or file:PATH.',
    { cause },
  )

/** Up to 1.20 Go named the first release of a series without its zero. */
export const toolchainName = (version: string): string =>
  version === 'local' ? version : `go${lt(version, '1.21.0') ? version.replace(/\.0$/, '') : version}`

/** Go before 1.13 takes one URL, no list. */
const firstProxy = (list: string): string => list.split(/[,|]/)[0] ?? ''

/** The last line that says something. */
export const lastLine = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .findLast((line) => line !== '') ?? 'no output'
