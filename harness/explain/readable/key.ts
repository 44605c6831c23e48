import { decode } from '../../../fixtures/pki/der.ts'
import { inGo } from '../../../fixtures/go-certificates.ts'
import { bytes, item, items, objectId } from '../asn1.ts'
import type { Certificate } from '../certificate.ts'
import type { Unreadable } from './unreadable.ts'

/** Curves that Go knows (crypto/x509, `namedCurveFromOID`): P-224, P-256, P-384, P-521. */
const curves = ['1.3.132.0.33', '1.2.840.10045.3.1.7', '1.3.132.0.34', '1.3.132.0.35']

/** `parsePublicKey`: a key of a kind that Go does not know it only leaves unread. */
export function keyFlaw({ keyType, key, spki }: Certificate, go: string): Unreadable | undefined {
  const [algorithm, content] = items(decode(spki))
  if (algorithm === undefined || content === undefined) throw new Error('a key without its two parts')
  const parameters = items(algorithm)[1]
  if (keyType === 'rsa' && Number(parameters?.type) !== 5 && inGo('parameters of RSA are NULL', go))
    return {
      why: 'has an RSA key without the NULL of its parameters',
      mend: 'issue it anew, with another tool',
    }
  if (keyType !== 'ec') return undefined
  const named = parameters !== undefined && Number(parameters.type) === 6 ? objectId(parameters) : undefined
  if (named === undefined)
    return {
      why: 'has a key whose curve is described by its parameters, not by its name',
      mend: 'make a key with -pkeyopt ec_param_enc:named_curve, and issue it for that',
    }
  if (!curves.includes(named))
    return {
      why: `has a key on the curve ${key.asymmetricKeyDetails?.namedCurve ?? named}, which Go does not know`,
      mend: 'use a key on P-256',
    }
  // The first byte of a bit string says how many bits are unused.
  if (bytes(item(decode(spki), 1))[1] !== 4)
    return {
      why: 'has a compressed point as its key',
      mend: 'write the key with -conv_form uncompressed of openssl, and issue it for that',
    }
  return undefined
}
