import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { GoSettings } from '../../docker/etcd/recipe.ts'
import { HarnessError, inputError } from '../errors.ts'
import { GoFailure, type Go } from './go.ts'
import { printable } from '../printable.ts'

/** What `go mod download -json` says; only what is read here. */
interface Download {
  readonly Path?: string
  readonly GoMod?: string
  /** Folder in the module cache. */
  readonly Dir?: string
  readonly Error?: string
}

/** A module in the user's module cache. */
export interface FetchedModule extends GoSettings {
  /** Its folder there; read-only. */
  readonly sources: string
}

/**
 * Fetches a module into the user's module cache and reads its go.mod.
 * Errors: `unknown-release` (exit 2) the proxy knows no such version, `module-refused` (exit 2) it is listed but
 * not handed out, `no-module-proxy` (exit 3) the proxy cannot be reached.
 */
export async function fetchModule(
  go: Go,
  folder: string,
  module: string,
  version: string,
): Promise<FetchedModule> {
  await writeFile(join(folder, 'go.mod'), 'module etcd-tls/fetch\n')
  const coordinates = `${module}@${version}`
  let output: string
  try {
    output = await go.run(['mod', 'download', '-json', coordinates], { folder, toolchain: 'local' })
  } catch (error) {
    // The reason is in the JSON on standard output, which GoFailure holds when standard error is empty.
    if (error instanceof GoFailure) throw notFetched(coordinates, reasonOf(error.output), error)
    throw error
  }
  const { GoMod, Dir } = JSON.parse(output) as Download
  if (GoMod === undefined || Dir === undefined) throw notFetched(coordinates, 'it has no go.mod')
  return { ...readGoMod(await readFile(GoMod, 'utf8')), sources: Dir }
}

/**
 * Fetches the sources of several modules at once, path → version. @returns path → folder in the module cache;
 * read-only. Errors: those of `fetchModule`, for the first that is not to be had.
 */
export async function fetchSources(
  go: Go,
  folder: string,
  modules: Readonly<Record<string, string>>,
): Promise<Map<string, string>> {
  await writeFile(join(folder, 'go.mod'), 'module etcd-tls/fetch\n')
  const coordinates = Object.entries(modules).map(([path, version]) => `${path}@${version}`)
  let output: string
  try {
    output = await go.run(['mod', 'download', '-json', ...coordinates], { folder, toolchain: 'local' })
  } catch (error) {
    if (!(error instanceof GoFailure)) throw error
    output = error.output
  }
  const downloads = new Map(downloadsIn(output).map((one) => [one.Path, one] as const))
  return new Map(
    Object.entries(modules).map(([path, version]) => {
      const { Dir, Error } = downloads.get(path) ?? {}
      if (Dir === undefined) throw notFetched(`${path}@${version}`, Error ?? output)
      return [path, Dir]
    }),
  )
}

/** One object after the other, none of them nested. Text that is something else holds no downloads. */
const downloadsIn = (output: string): Download[] =>
  [...output.matchAll(/^\{$.*?^\}$/gms)].map(([text]) => JSON.parse(text) as Download)

function reasonOf(output: string): string {
  try {
    return (JSON.parse(output) as Download).Error ?? output
  } catch {
    return output
  }
}

function notFetched(coordinates: string, reason: string, cause?: unknown): HarnessError {
  const said = printable(reason.replace(/^.*?@[^:]*: /s, ''), 200)
  if (/\b(403|410)\b|not available/i.test(reason))
    return inputError(
      'module-refused',
      `The module ${coordinates} is not handed out by the module proxy (${said}); test a neighbouring release, or image:REF.`,
      cause,
    )
  if (/unknown revision|invalid version|\b404\b|no matching versions/i.test(reason))
    return inputError(
      'unknown-release',
      `There is no module ${coordinates} (${said}); check the version.`,
      cause,
    )
  return new HarnessError(
    'no-module-proxy',
    `The module ${coordinates} could not be downloaded (${said}); check the network and GOPROXY, or test file:PATH.`,
    { cause },
  )
}

/** The lines of a go.mod that steer a build: `go`, `toolchain`, `godebug` as line or block. Pure. */
export function readGoMod(text: string): GoSettings {
  const lines = text.split('\n').map((line) => line.replace(/\/\/.*$/, '').trim())
  const word = (name: string): string | undefined =>
    lines
      .map((line) => new RegExp(`^${name}\\s+(\\S+)$`).exec(line)?.[1])
      .find((value) => value !== undefined)
  const toolchain = word('toolchain')?.replace(/^go/, '')
  const go = word('go')
  const start = lines.findIndex((line) => /^godebug\s*\($/.test(line))
  const block = start < 0 ? [] : lines.slice(start + 1, lines.indexOf(')', start))
  const single = lines.flatMap((line) => /^godebug\s+([^(\s]\S*)$/.exec(line)?.[1] ?? [])
  const godebug = [...block.filter((line) => line !== ''), ...single]
  return { ...(go === undefined ? {} : { go }), ...(toolchain === undefined ? {} : { toolchain }), godebug }
}
