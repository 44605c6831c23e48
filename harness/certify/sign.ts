import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { inputError } from '../errors.ts'
import { sha256 } from './manifest.ts'

/** SHA-256 of a public key (SubjectPublicKeyInfo, DER), as `openssl pkey -pubin -outform DER | sha256sum` says it. */
export const fingerprintOfKey = (key: KeyObject): string =>
  sha256(publicOf(key).export({ type: 'spki', format: 'der' }))

/** The public half of a private key; a public one as it is. */
const publicOf = (key: KeyObject): KeyObject => (key.type === 'private' ? createPublicKey(key) : key)

export const publicPem = (key: KeyObject): string =>
  publicOf(key).export({ type: 'spki', format: 'pem' }).toString()

const howToMake = 'make one with `openssl genpkey -algorithm ed25519 -out key.pem`'

/** The vendor's private key. Errors: `bad-key` (exit 2) naming the file and what to do. */
export async function loadSigningKey(file: string): Promise<KeyObject> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw inputError('bad-key', `--key ${file} cannot be read; give an Ed25519 private key in PEM.`, cause)
  })
  if (text.includes('ENCRYPTED'))
    throw inputError('bad-key', `--key ${file} is encrypted; give it decrypted (openssl pkey -in … -out …).`)
  let key: KeyObject
  try {
    key = createPrivateKey(text)
  } catch (cause) {
    throw inputError('bad-key', `--key ${file} holds no private key in PEM; ${howToMake}.`, cause)
  }
  if (key.asymmetricKeyType !== 'ed25519')
    throw inputError('bad-key', `--key ${file} is a key for ${String(key.asymmetricKeyType)}; ${howToMake}.`)
  return key
}

/** A public key that is trusted: Ed25519 of `--key`, or the P-256 of cosign. Errors: `bad-key` (exit 2). */
export async function loadPublicKey(file: string): Promise<KeyObject> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw inputError('bad-key', `--public-key ${file} cannot be read; give a public key in PEM.`, cause)
  })
  if (text.includes('PRIVATE KEY'))
    throw inputError('bad-key', `--public-key ${file} is a private key; give the public one.`)
  const key = publicKeyIn(text)
  if (key !== undefined) return key
  throw inputError('bad-key', `--public-key ${file} holds no public key (Ed25519 or P-256) in PEM.`)
}

/** Undefined where the text is no public key of the kinds that bundles are signed with. */
export function publicKeyIn(pem: string): KeyObject | undefined {
  try {
    const key = createPublicKey(pem)
    const kind = `${String(key.asymmetricKeyType)} ${key.asymmetricKeyDetails?.namedCurve ?? ''}`
    return kind === 'ed25519 ' || kind === 'ec prime256v1' ? key : undefined
  } catch {
    return undefined
  }
}

/** Ed25519 over the manifest's bytes (RFC 8032), 64 bytes. */
export const signManifest = (manifest: string, key: KeyObject): Buffer =>
  sign(null, Buffer.from(manifest), key)

/** Ed25519 as above; of a P-256 key ECDSA with SHA-256, as `cosign sign-blob` makes it. */
export function isSignedBy(key: KeyObject, manifest: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify(key.asymmetricKeyType === 'ed25519' ? null : 'sha256', manifest, key, signature)
  } catch {
    return false
  }
}
