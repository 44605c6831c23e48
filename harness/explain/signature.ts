import { goName, inGo } from '../../fixtures/go-certificates.ts'
import type { Certificate } from './certificate.ts'
import type { Flaw } from './chain.ts'
import { algorithmFlaw } from './signature-algorithm.ts'

/** Why a signature of `parent` under `child` does not count: `CheckSignatureFrom`, in Go's order. Pure. */
export function signatureFlaw(child: Certificate, parent: Certificate, go: string): Flaw | undefined {
  const { basic, keyUsage, version } = parent
  if (basic === undefined ? version === 3 : !basic.authority)
    return {
      kind: 'authority',
      why: `${name(parent)}, which signed ${name(child)}, is no authority (basic constraints)`,
      mend: 'have it signed by a certificate with CA:TRUE',
    }
  // Bit 5, RFC 5280 4.2.1.3. An extension without any of its nine bits is none to Go.
  if (keyUsage?.slice(0, 9).includes(true) === true && keyUsage[5] !== true)
    return {
      kind: 'authority',
      why: `${name(parent)} must not sign certificates (key usage without keyCertSign)`,
      mend: 'issue the authority with keyCertSign',
    }
  return digestFlaw(child, go) ?? keyFlaw(child, parent, go)
}

function digestFlaw(child: Certificate, go: string): Flaw | undefined {
  const flaw = algorithmFlaw(child.algorithm, go)
  if (flaw === undefined) return undefined
  return {
    kind: 'signature',
    why: `${name(child)} is signed with ${flaw}, which ${goName(go)} does not accept`,
    mend: 'have it signed with SHA-256, by RSA or ECDSA',
  }
}

function keyFlaw(child: Certificate, parent: Certificate, go: string): Flaw | undefined {
  if (parent.keyBits !== undefined && parent.keyBits < 1024 && inGo('RSA needs 1024 bits', go))
    return {
      kind: 'signature',
      why: `${name(parent)} has an RSA key of ${String(parent.keyBits)} bits, with which ${goName(go)} verifies nothing`,
      mend: 'give the authority a key of 2048 bits or more',
    }
  if (!signing(go).includes(parent.keyType))
    return {
      kind: 'signature',
      why: `${name(parent)} has a key of a kind that ${goName(go)} does not know (${parent.keyType})`,
      mend: 'give the authority an RSA key or one on P-256',
    }
  if (child.signedBy(parent.key)) return undefined
  // OpenSSL, which is asked here, does not take two algorithms; Go did before 1.17.
  const open = !child.algorithm.equals(child.outerAlgorithm)
  return {
    kind: 'signature',
    why: `${name(child)} is not signed by the key of the authority ${name(parent)}, which only has the name of its issuer`,
    mend: 'put the authority that signed it into the CA file, or have it signed by the one that is there',
    ...(open && { open }),
  }
}

const signing = (go: string): readonly string[] => [
  'rsa',
  'ec',
  ...(inGo('Ed25519 is known', go) ? ['ed25519'] : []),
  ...(inGo('DSA is known', go) ? ['dsa'] : []),
]

const name = ({ subjectText }: Certificate): string =>
  subjectText === '' ? 'the certificate without a subject' : `"${subjectText}"`
