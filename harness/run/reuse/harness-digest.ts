import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { execa } from 'execa'
import { engineName } from '../../engine/name.ts'
import { ownFolder } from '../../own-folder.ts'
import { sourcesOf } from '../../sources.ts'

/** The checkout, or what was packed of it. */
const root = ownFolder

/** Programs of this host that probes and certificates are made with. */
const programs: readonly (readonly [string, string])[] = [
  ['curl', '--version'],
  ['openssl', 'version'],
]

/**
 * SHA-256, hexadecimal, of all that a verdict depends on beside the build and the claim: the harness's sources, its
 * libraries, Node with its TLS, the engine, curl and openssl. What is not there counts as absent.
 * Errors: HarnessError `no-engine`.
 */
export async function harnessDigest(): Promise<string> {
  const [sources, libraries, engine, ...versions] = await Promise.all([
    sourcesOf(root),
    packageFolder().then(librariesOf),
    engineName(),
    ...programs.map(versionOf),
  ])
  const { node, openssl } = process.versions
  const parts = [sources, libraries, node, openssl, process.platform, process.arch, engine, ...versions]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

async function versionOf([name, option]: readonly [string, string]): Promise<string> {
  const { stdout, failed } = await execa(name, [option], { reject: false, timeout: 10_000 })
  return failed ? 'absent' : stdout
}

/** The checkout's own, or that of the package around its folder. */
async function packageFolder(): Promise<string> {
  const isOwn = await stat(join(root, 'package.json')).then(
    () => true,
    () => false,
  )
  return isOwn ? root : resolve(root, '..')
}

/** The lock where there is one, and what is installed: one may be changed without the other. */
async function librariesOf(folder: string): Promise<string[]> {
  const read = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '')
  const text = await read(join(folder, 'package.json'))
  if (text === '') return []
  const { version, dependencies = {} } = JSON.parse(text) as PackageFile
  const names = Object.keys(dependencies).toSorted()
  const installed = await Promise.all(names.map((name) => installedVersion(folder, name)))
  return [version ?? '', await read(join(folder, 'package-lock.json')), ...installed]
}

interface PackageFile {
  readonly version?: string
  readonly dependencies?: Readonly<Record<string, string>>
}

/** As Node looks: in this folder's node_modules, else in those above it. */
async function installedVersion(folder: string, name: string): Promise<string> {
  for (let at = folder; ; at = resolve(at, '..')) {
    const file = await readFile(join(at, 'node_modules', name, 'package.json'), 'utf8').catch(() => undefined)
    if (file !== undefined) return `${name} ${(JSON.parse(file) as PackageFile).version ?? ''}`
    if (at === resolve(at, '..')) return `${name} absent`
  }
}
