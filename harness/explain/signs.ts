import type { TlsVersion } from '../../fixtures/tls.ts'
import type { Certificate } from './certificate.ts'
import type { Check } from './explanation.ts'

/**
 * Whether the owner of a key can prove that it has it: TLS 1.3 has no signature for P-224, and none that fits into an RSA key
 * of less than 66 bytes (`signatureSchemesForPublicKey` and `rsaSignatureSchemes`, crypto/tls, auth.go; RFC 8446 4.2.3). Pure.
 * @returns nothing where it can
 */
export function signingChecks(
  { keyType, keyBits = 0, key }: Certificate,
  whose: 'its' | "etcd's",
  tls: TlsVersion | undefined,
): Check[] {
  const curve = key.asymmetricKeyDetails?.namedCurve
  if (tls !== '1.3') return whose === "etcd's" && curve === 'secp224r1' ? [rarelyTaken] : []
  const why =
    keyType === 'ec' && curve === 'secp224r1'
      ? 'is on P-224'
      : keyType === 'rsa' && Math.ceil(keyBits / 8) < 66
        ? `is RSA of ${String(keyBits)} bits`
        : undefined
  if (why === undefined) return []
  return [
    {
      id: 'key',
      mark: 'bad',
      why: `${whose} key ${why}, with which nothing can be signed under TLS 1.3`,
      mend: 'use an RSA key of 2048 bits, or one on P-256',
    },
  ]
}

/** RFC 8422 5.1: a client lists its curves; OpenSSL ends such a handshake with "wrong curve" (seen on 3.7.3). */
const rarelyTaken: Check = {
  id: 'key',
  mark: 'open',
  why: "etcd's key is on P-224, which a client takes only when it lists that curve, and OpenSSL does not",
  mend: 'use a key on P-256',
}
