import { buildGo, findRelease, neighbours } from '../../fixtures/releases.ts'
import { HarnessError, inputError } from '../errors.ts'
import type { GoFailure } from './go.ts'
import { printable } from '../printable.ts'

/** What was to be built: a release by the version of the module that holds it, with which Go. */
export interface Wanted {
  readonly asked: string
  readonly version: string
  readonly module: string
  readonly go: string
}

const refusals: readonly string[] = ['module-refused', 'unknown-release']

/** The error of a fetch; where it is etcd's own module that is not handed out, one that names its neighbours. */
export function orNeighbours(error: unknown, { version, module }: Omit<Wanted, 'go'>): unknown {
  if (!(error instanceof HarnessError && refusals.includes(error.code))) return error
  // It may be one of the modules that etcd imports.
  if (!error.message.includes(`@${module} `)) return error
  return inputError(
    'module-refused',
    `The module proxy does not hand out etcd ${version} (${module}); test a neighbour, ${near(version)}.`,
    error,
  )
}

/**
 * Why a Go cannot be had: `no-toolchain`, exit 2 where the proxy answered, because it is the Go that is not there then
 * and not the network; otherwise 3. Where it is the release's own Go, its neighbours are named.
 */
export function noToolchain({ asked, version, go }: Omit<Wanted, 'module'>, cause: GoFailure): HarnessError {
  const said = printable(cause.output.replace(/^(go: downloading .*\n)*/, ''), 240)
  const answered = /\b(403|404|410)\b|not available/i.test(cause.output)
  const release = findRelease(version)
  if (answered && release !== undefined && buildGo(release) === go)
    return inputError(
      'no-toolchain',
      `The module proxy does not hand out Go ${go}, the Go of etcd ${version}; ` +
        `test a neighbour, ${near(version)}, or ask for another Go with ${version}+goX.Y.Z.`,
      cause,
    )
  return new HarnessError(
    'no-toolchain',
    `${asked}: Go ${go} is not to be had as a toolchain (${said}); ask for another with VERSION+goX.Y.Z.`,
    { cause, exit: answered ? 2 : 3 },
  )
}

const near = (version: string): string =>
  neighbours(version)
    .map((one) => one.version)
    .join(' or ')
