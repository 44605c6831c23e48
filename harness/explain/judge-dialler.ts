import type { Certificate } from './certificate.ts'
import { promised, type ListenerName } from './claims.ts'
import { decided, type Check } from './explanation.ts'
import { listChecks } from './lists.ts'
import type { Question } from './question.ts'
import { commonNamesIn } from './name-value.ts'
import { goOf } from './settings.ts'
import type { Started } from './start.ts'
import { verificationChecks } from './verification.ts'

/** The certificate of who listens, and what who dials it was given. */
export interface Dialling {
  readonly listener: ListenerName
  readonly certificates: readonly Certificate[]
  /** Name or address that is dialled; undefined when it is not known. */
  readonly host: string | undefined
  /** The option that would tell. */
  readonly option: '--to' | '--peer-host'
  readonly roots: readonly Certificate[] | undefined
  /** Of a member that dials: its lists bind there, too. */
  readonly started?: Started
}

/** What who dials makes of the certificate that it is shown; a client is one in Go, such as etcdctl. Pure. */
export function diallerChecks(input: Dialling, { build, now }: Question): readonly Check[] {
  const { listener, certificates, host, roots, started } = input
  const [leaf, ...sent] = certificates
  if (leaf === undefined) return []
  const found = verificationChecks({ leaf, sent, roots, usage: 'serverAuth', host, now, go: goOf(build) })
  const named: Check[] = host === undefined ? [unnamed(leaf, input.option, build.go)] : []
  const listed =
    started !== undefined && 'settings' in started ? listChecks(leaf, started.settings, build) : []
  return decided([...found, ...named, ...listed]).map((check) => {
    const promise = promised(check, { listener, dials: true, etcd: build.etcd })
    return promise === undefined ? check : { ...check, promised: promise }
  })
}

/** Good for nothing that can be dialled; or it depends. */
function unnamed(leaf: Certificate, option: string, go: string): Check {
  const { dns, addresses, hasSan } = leaf
  const all = [...dns, ...addresses]
  if (all.length > 0)
    return {
      id: 'name',
      mark: 'idle',
      why: `it is good for ${all.join(', ')}; give the one that is dialled with ${option}`,
    }
  return {
    id: 'name',
    mark: 'open',
    why:
      hasSan || commonNamesIn(leaf, go).length === 0
        ? 'it has no name that can be dialled'
        : `it has no subjectAltName; give the name that is dialled with ${option}`,
  }
}
