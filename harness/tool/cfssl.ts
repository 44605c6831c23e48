import { join } from 'node:path'
import { HarnessError } from '../errors.ts'
import { GoFailure, lastLine, type Go } from '../subject/go.ts'
import { printable } from '../printable.ts'
import { keptTool } from './kept-tool.ts'

/** Paths on this host of the two commands. */
export interface CfsslTools {
  readonly cfssl: string
  readonly cfssljson: string
}

const module = 'github.com/cloudflare/cfssl'
/** Pinned: 1.7 needs a Go that etcd's releases are not built with yet. */
export const cfsslVersion = '1.6.5'

let ours: Promise<CfsslTools> | undefined

/**
 * The real cfssl and cfssljson, built from their module for this machine with its own Go, and kept between runs in
 * the folder for what outlives them. They only write certificates, so the Go they are built with decides nothing.
 * Errors: HarnessError `no-cfssl` without Go 1.21 or newer, or where the module cannot be had or built.
 */
export async function cfsslTools(signal: AbortSignal = new AbortController().signal): Promise<CfsslTools> {
  ours ??= found(signal)
  try {
    return await ours
  } catch (error) {
    ours = undefined
    throw error
  }
}

async function found(signal: AbortSignal): Promise<CfsslTools> {
  const name = `cfssl-${cfsslVersion}-${process.platform}-${process.arch}`
  const folder = await keptTool(name, install, signal).catch((cause: unknown) => {
    throw notBuilt(cause)
  })
  return { cfssl: join(folder, 'cfssl'), cfssljson: join(folder, 'cfssljson') }
}

const install = (go: Go, folder: string): Promise<string> =>
  go.run(
    [
      ...['install', '-trimpath', '-ldflags=-s -w'],
      ...['cfssl', 'cfssljson'].map((name) => `${module}/cmd/${name}@v${cfsslVersion}`),
    ],
    { folder, toolchain: 'local', environment: { GOBIN: folder, CGO_ENABLED: '0', GOFLAGS: '' } },
  )

function notBuilt(cause: unknown): unknown {
  if (!(cause instanceof GoFailure) && !(cause instanceof HarnessError)) return cause
  const why =
    cause instanceof GoFailure
      ? `failed (${printable(lastLine(cause.output), 240)}); check the network and GOPROXY`
      : 'needs Go 1.21 or newer on the PATH; install it (https://go.dev/dl)'
  return new HarnessError(
    'no-cfssl',
    `Certificates as the guide makes them take cfssl ${cfsslVersion}, and building it from its module ${why}.`,
    { cause },
  )
}
