import type { KeyObject } from 'node:crypto'
import type { Bundle } from '../bundle.ts'
import { files } from '../layout.ts'
import { fingerprintOfKey, isSignedBy, publicKeyIn } from '../sign.ts'
import type { Findings } from './findings.ts'

/** Who signed, as far as that is known. */
export interface Signed {
  readonly fingerprint: string
  /** The key was given by who verifies; else the bundle brings it along, and proves nothing about whose it is. */
  readonly trusted: boolean
}

/** Checks the signature of the manifest, with the key that is trusted or the bundle's own. Undefined: none holds. */
export async function checkSignature(
  bundle: Bundle,
  manifest: Buffer,
  trusted: KeyObject | undefined,
  findings: Findings,
): Promise<Signed | undefined> {
  const own = await readIf(bundle, files.publicKey)
  const key = trusted ?? publicKeyIn(own?.toString() ?? '')
  const path = key?.asymmetricKeyType === 'ec' ? files.cosign : files.signature
  const signature = await readIf(bundle, path)
  if (signature === undefined) return unsigned(bundle, trusted, findings)
  if (key === undefined) {
    findings.wrong(
      files.publicKey,
      own === undefined ? 'it is missing; give the key with --public-key' : 'it is no public key',
    )
    return undefined
  }
  const bytes = path === files.cosign ? Buffer.from(signature.toString(), 'base64') : signature
  if (!isSignedBy(key, manifest, bytes)) {
    const whose = trusted === undefined ? 'the key in the bundle' : 'the key that was given'
    findings.wrong(path, `the manifest was not signed with ${whose}`)
    return undefined
  }
  const fingerprint = fingerprintOfKey(key)
  await checkBeside(bundle, { manifest, key, path, own }, findings)
  if (trusted === undefined)
    findings.note(
      `The key is the bundle's own word: compare its fingerprint ${fingerprint} with what the vendor says elsewhere, or give the vendor's key with --public-key.`,
    )
  return { fingerprint, trusted: trusted !== undefined }
}

interface Held {
  readonly manifest: Buffer
  readonly key: KeyObject
  /** The signature that holds. */
  readonly path: string
  /** The key in the bundle, PEM. */
  readonly own: Buffer | undefined
}

/** What else the bundle has of keys and signatures: it must not claim more than was checked. */
async function checkBeside(
  bundle: Bundle,
  { manifest, key, path, own }: Held,
  findings: Findings,
): Promise<void> {
  const brought = publicKeyIn(own?.toString() ?? '')
  if (path === files.signature && own !== undefined && !brought?.equals(key))
    findings.wrong(files.publicKey, 'it is another key than the one that signed')
  if (path !== files.signature && bundle.paths.includes(files.signature)) {
    const isGood = brought !== undefined && isSignedBy(brought, manifest, await bundle.read(files.signature))
    if (!isGood) findings.wrong(files.signature, 'the manifest was not signed with the key in the bundle')
  }
  if (path !== files.cosign && bundle.paths.includes(files.cosign))
    findings.note(
      `The signature by cosign (${files.cosign}) was not checked: that needs its key (--public-key).`,
    )
}

function unsigned(bundle: Bundle, trusted: KeyObject | undefined, findings: Findings): undefined {
  const other = [files.signature, files.cosign].find((path) => bundle.paths.includes(path))
  if (trusted !== undefined)
    findings.wrong(
      files.signature,
      other === undefined ? 'the bundle is not signed' : `it is signed with another kind of key (${other})`,
    )
  else if (other === undefined)
    findings.note('The bundle is not signed: anybody may have made or changed it.')
  else
    findings.note(
      `The bundle is signed by cosign (${other}), which was not checked: give the key with --public-key.`,
    )
}

const readIf = async (bundle: Bundle, path: string): Promise<Buffer | undefined> =>
  bundle.paths.includes(path) ? bundle.read(path) : undefined
