import { addressCheck, type Kind } from './peer-address.ts'
import type { Certificate } from './certificate.ts'
import { promised } from './claims.ts'
import { decided, type Check } from './explanation.ts'
import { handshakeChecks, spokenTls } from './handshake.ts'
import { listChecks } from './lists.ts'
import { revokedCheck } from './revoked.ts'
import type { Question } from './question.ts'
import { signingChecks } from './signs.ts'
import { goOf } from './settings.ts'
import type { Started } from './start.ts'
import { verificationChecks } from './verification.ts'

/** Who connects to a listener, and from where. */
export interface Caller {
  /** The leaf, then what is sent along; undefined when it is not known. */
  readonly certificates: readonly Certificate[] | undefined
  /** On the peer port: the address that the listener sees; undefined when it is not known. */
  readonly from?: string | undefined
  /** The listener's own certificate. */
  readonly server: Certificate | undefined
}

/** What a listener of etcd makes of who connects to it, check by check in its order. Pure. */
export function listenerChecks(started: Started, caller: Caller, question: Question): readonly Check[] {
  if ('failure' in started) return decided([started.failure])
  const { settings, range } = started
  const { listener } = settings
  let kind: Kind | undefined
  const address = (): Check[] => {
    const found = addressOf(started, caller, question)
    kind = found?.kind
    return found === undefined ? [] : [found.check]
  }
  const checks = [
    ...clear(started, question),
    ...(settings.tls === 'none'
      ? []
      : handshakeChecks({ range, server: caller.server, offered: question.tls })),
    ...identity(started, caller, question, address),
  ]
  return decided(checks).map((check) => {
    const promise = promised(check, { listener, dials: false, etcd: question.build.etcd, kind })
    return promise === undefined ? check : { ...check, promised: promise }
  })
}

type Ready = Exclude<Started, { failure: Check }>

/** A listener in clear reads no certificate; only there the host whitelist is asked (`accessController`, embed/serve.go). */
function clear({ settings }: Ready, { to }: Question): Check[] {
  const { tls, clear: by, hostWhitelist, listener } = settings
  if (tls !== 'none')
    return [
      {
        id: 'tls',
        mark: 'good',
        why:
          tls === 'own'
            ? 'etcd speaks TLS with a certificate that it makes itself'
            : 'etcd speaks TLS with its pair',
      },
    ]
  const first: Check = {
    id: 'tls',
    mark: 'bad',
    why: `etcd listens in clear (${by ?? 'no certificate is given'}): who speaks TLS is turned away, and no certificate is looked at`,
    mend:
      listener === 'client'
        ? 'write https in --listen-client-urls, or dial http'
        : 'write https in --listen-peer-urls',
  }
  if (listener === 'peer' || hostWhitelist === undefined || hostWhitelist.includes('*')) return [first]
  const listed = to !== undefined && hostWhitelist.includes(to)
  const why =
    to === undefined
      ? 'requests in clear are answered for the hosts of --host-whitelist only'
      : `--host-whitelist ${listed ? 'has' : 'lacks'} ${to}`
  return [
    first,
    {
      id: 'whitelist',
      mark: to === undefined ? 'open' : listed ? 'good' : 'bad',
      why,
      ...(listed || to === undefined ? {} : { mend: `add ${to} to --host-whitelist` }),
    },
  ]
}

function identity(started: Ready, caller: Caller, question: Question, address: () => Check[]): Check[] {
  const { settings } = started
  if (settings.tls === 'none') return []
  if (!settings.demands)
    return [{ id: 'demanded', mark: 'good', why: 'etcd asks for no certificate and looks at none' }]
  const [leaf, ...sent] = caller.certificates ?? []
  const by = settings.demandedBy ?? ''
  if (leaf === undefined)
    return [
      {
        id: 'demanded',
        mark: 'open',
        reason: 'no-client-certificate',
        why: `${by} demands a certificate, and none was given here; who comes without is turned away`,
      },
    ]
  const { build, now, ca } = question
  const roots = settings.trusted === 'file' ? ca : undefined
  const verified = verificationChecks({ leaf, sent, roots, usage: 'clientAuth', now, go: goOf(build) })
  const signing = signingChecks(leaf, 'its', spokenTls({ range: started.range, offered: question.tls }))
  return [
    { id: 'demanded', mark: 'good', why: `${by} demands a certificate, and one is there` },
    ...verified.filter(({ id, mark }) => signing.length === 0 || id !== 'key' || mark !== 'good'),
    ...signing,
    ...listChecks(leaf, settings, build),
    ...address(),
    ...revocation(started, [leaf, ...sent], question),
  ]
}

function revocation(
  { settings }: Ready,
  sent: readonly Certificate[],
  { revoked, build }: Question,
): Check[] {
  if (settings.crlFile === undefined) return []
  const option = settings.listener === 'client' ? 'client-crl-file' : 'peer-crl-file'
  return [revokedCheck(sent, revoked ?? settings.crlFile, build.etcd, option)]
}

/** The peer port alone asks for addresses, since 3.2.0. */
function addressOf(
  { settings }: Ready,
  { certificates, from }: Caller,
  { build, resolver }: Question,
): { check: Check; kind?: Kind } | undefined {
  const [leaf] = certificates ?? []
  if (settings.listener === 'client' || leaf === undefined) return undefined
  if (settings.skipsAddress !== undefined)
    return {
      check: { id: 'address', mark: 'good', why: `${settings.skipsAddress} leaves its address unasked` },
    }
  if (from === undefined)
    return { check: { id: 'address', mark: 'idle', why: 'the address it comes from is not known' } }
  if (!asksAddress(build.etcd))
    return { check: { id: 'address', mark: 'good', why: 'etcd asks for addresses since 3.2.0 only' } }
  const { kind, ...found } = addressCheck({ certificate: leaf, from, etcd: build.etcd, resolver })
  return { kind, check: { id: 'address', ...found } }
}

const asksAddress = (etcd: string): boolean => !/^[0-2]\.|^3\.[01]\./.test(etcd)
