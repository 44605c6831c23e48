/** Files of a bundle, relative to it. Everything but the manifest and its signatures stands in the manifest. */
export const files = {
  certificate: 'certificate.json',
  catalogue: 'catalogue.json',
  product: 'product.yaml',
  environment: 'environment.json',
  results: 'results.json',
  junit: 'junit.xml',
  summary: 'CERTIFICATE.md',
  reproduce: 'REPRODUCE.md',
  publicKey: 'public-key.pem',
  manifest: 'MANIFEST.sha256',
  signature: 'MANIFEST.sha256.sig',
  cosign: 'MANIFEST.sha256.cosign.sig',
} as const

/** What signs the manifest cannot stand in it. */
export const besideManifest: readonly string[] = [files.manifest, files.signature, files.cosign]

/** Of the whole bundle; raised when a reader of the old one could misread the new one. */
export const bundleVersion = 1

/** A JSON text of a bundle: two spaces, keys sorted, so that it is the same whoever writes it; a line end. */
export const json = (value: unknown): string => `${JSON.stringify(sorted(value), null, 2)}\n`

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]))
}
