import { inGo } from '../../../fixtures/go-certificates.ts'
import type { Certificate } from '../certificate.ts'
import type { Attribute } from '../name-value.ts'
import type { Unreadable } from './unreadable.ts'

/** Subject, issuer and subjectAltName. */
export const namesFlaw = (certificate: Certificate, go: string): Unreadable | undefined =>
  [...certificate.issuerNames, ...certificate.names]
    .map((one) => attributeFlaw(one, go))
    .find((found) => found !== undefined) ?? alternativeFlaw(certificate, go)

const known = ['UTF8String', 'NumericString', 'PrintableString', 'IA5String']

function attributeFlaw({ text, kind }: Attribute, go: string): Unreadable | undefined {
  // Before, a kind that was not known was left unread.
  const ampersand = kind === 'PrintableString' && text?.includes('&') === true
  const bad = text === undefined || (ampersand && !inGo('an ampersand is printable', go))
  if (kind === 'NumericString' && !inGo('a NumericString is read', go)) return undefined
  if (bad && (known.includes(kind) || inGo('a parser of its own', go)))
    return {
      why: `has a ${kind} in its subject or issuer with characters that do not belong into one`,
      mend: 'issue it with names that are UTF8String (string_mask = utf8only of openssl)',
    }
  return undefined
}

/** `parseSANExtension`. */
function alternativeFlaw(
  { addressBytes, dns, mails, uris }: Certificate,
  go: string,
): Unreadable | undefined {
  const odd = addressBytes.find(({ length }) => length !== 4 && length !== 16)
  if (odd !== undefined)
    return {
      why: `has an IP entry of ${String(odd.length)} bytes`,
      mend: 'issue it with IP entries of 4 or 16 bytes',
    }
  const foreign = [...dns, ...mails, ...uris].find((name) => /[\x80-\uffff]/.test(name))
  if (foreign !== undefined && inGo('a dNSName must be ASCII', go))
    return {
      why: `has a name that is not ASCII, ${JSON.stringify(foreign)}`,
      mend: 'write the name in its xn-- form',
    }
  const uri = uris.find((one) => !plainUri.test(one))
  if (uri !== undefined && inGo('URIs are read', go))
    return {
      why: `has the URI ${JSON.stringify(uri)}: whether Go reads it is not judged here`,
      mend: 'issue it without that URI',
      open: true,
    }
  return undefined
}

/** With a host of letters or without one, and nothing that has to be escaped: `url.Parse` takes it. */
const plainUri =
  /^[A-Za-z][A-Za-z0-9+.-]*:(?:\/\/(?:[A-Za-z0-9_-]+\.)*[A-Za-z0-9_-]+)?(?:\/(?!\/)[A-Za-z0-9._~/=@:+-]*)?$|^urn:[A-Za-z0-9:._-]+$/
