import { badBundle, type Bundle } from '../bundle.ts'
import { besideManifest, files } from '../layout.ts'
import { parseManifest, sha256 } from '../manifest.ts'
import { privateKeyIn } from '../private-keys.ts'
import type { Findings } from './findings.ts'

/** What holds of the files themselves. */
export interface Integrity {
  readonly manifest: Buffer
  /** Files that are as the manifest says. */
  readonly intact: ReadonlySet<string>
}

/**
 * Every file against the manifest: changed, missing, and those that nobody listed; none may hold a private key.
 * Errors: `bad-bundle` (exit 2) where there is no manifest.
 */
export async function checkIntegrity(bundle: Bundle, where: string, findings: Findings): Promise<Integrity> {
  if (!bundle.paths.includes(files.manifest)) throw badBundle(where, `it has no ${files.manifest}`)
  const manifest = await bundle.read(files.manifest)
  const { digests, slips } = parseManifest(manifest.toString())
  for (const slip of slips) findings.wrong(files.manifest, slip)
  const intact = new Set<string>()
  for (const path of bundle.paths) {
    const bytes = await bundle.read(path)
    const key = privateKeyIn(bytes)
    if (key !== undefined) findings.wrong(path, `it holds ${key}`)
    if (besideManifest.includes(path)) continue
    const digest = digests.get(path)
    if (digest === undefined) findings.wrong(path, 'the manifest does not know this file')
    else if (digest !== sha256(bytes))
      findings.wrong(path, 'it was changed: its digest is not the one of the manifest')
    else intact.add(path)
  }
  const there = new Set(bundle.paths)
  for (const path of digests.keys()) if (!there.has(path)) findings.wrong(path, 'it is missing')
  return { manifest, intact }
}
