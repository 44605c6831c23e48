import { isFileRef, type FileRef } from '../../fixtures/credential.ts'
import type { MemberSpec } from '../scenario/world.ts'

const folder = '/etc/etcd-tls'

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
    isFileRef(value) ? [[`${folder}/${name}.pem`, value] as const] : [],
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
