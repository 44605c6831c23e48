import { isFileRef, type FileRef } from '../../fixtures/credential.ts'
import type { MemberSpec } from '../scenario/world.ts'

const folder = '/etc/etcd-tls'

/** Up to 1.8 Go knows no variable, but reads this file of the system (`certFiles`, crypto/x509/root_linux.go). */
const elsewhere: Readonly<Record<string, string>> = { SSL_CERT_FILE: '/etc/ssl/certs/ca-certificates.crt' }

/** Where the files of a member lie in its container: named after the option that points to them. */
export interface Placement {
  path(ref: FileRef): string
  /** Path → what lies there. */
  readonly files: ReadonlyMap<string, FileRef>
}

/** One path per option, variable and argument that has a file, for instance `/etc/etcd-tls/cert-file.pem`. */
export function place({ options, environment = {}, literal = [] }: MemberSpec): Placement {
  const named = [
    ...Object.entries(options),
    ...Object.entries(environment),
    ...literal.map((one, n) => [`argument-${String(n + 1)}`, one] as const),
  ]
  const refs = named.flatMap(([name, value]) =>
    isFileRef(value) ? [[elsewhere[name] ?? `${folder}/${name}.pem`, value] as const] : [],
  )
  return {
    files: new Map(refs),
    path: (ref) => {
      const found = refs.find(([, other]) => other === ref)
      if (found === undefined) throw new TypeError('a file of another member was asked for')
      return found[0]
    },
  }
}
