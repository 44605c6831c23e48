import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { stateFolder } from '../engine/state.ts'
import { HarnessError } from '../errors.ts'
import { findGo, GoFailure, lastLine } from '../subject/go.ts'
import { printable } from '../printable.ts'

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

/** Folder of all tools that are kept. */
const toolFolder = (): string => join(stateFolder(), 'tools')

/** Removes all tools that are kept; their names. */
export async function removeTools(): Promise<string[]> {
  const names = existsSync(toolFolder()) ? await readdir(toolFolder()) : []
  await rm(toolFolder(), { recursive: true, force: true })
  return names
}

async function found(signal: AbortSignal): Promise<CfsslTools> {
  const folder = join(toolFolder(), `cfssl-${cfsslVersion}-${process.platform}-${process.arch}`)
  if (!existsSync(folder)) await build(folder, signal)
  return { cfssl: join(folder, 'cfssl'), cfssljson: join(folder, 'cfssljson') }
}

/** Built beside its place and moved there whole: of two runs that build, one is first and both are right. */
async function build(folder: string, signal: AbortSignal): Promise<void> {
  await mkdir(toolFolder(), { recursive: true })
  const unfinished = await mkdtemp(`${folder}.`)
  try {
    const go = await findGo(unfinished, signal)
    const commands = ['cfssl', 'cfssljson'].map((name) => `${module}/cmd/${name}@v${cfsslVersion}`)
    const environment = { GOBIN: unfinished, CGO_ENABLED: '0', GOFLAGS: '' }
    await go.run(['install', '-trimpath', '-ldflags=-s -w', ...commands], {
      folder: unfinished,
      toolchain: 'local',
      environment,
    })
    await rename(unfinished, folder)
  } catch (cause) {
    await rm(unfinished, { recursive: true, force: true })
    if (!existsSync(folder)) throw notBuilt(cause)
  }
}

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
