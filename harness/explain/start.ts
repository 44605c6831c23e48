import { goName } from '../../fixtures/go-certificates.ts'
import type { Certificate } from './certificate.ts'
import type { ListenerName } from './claims.ts'
import type { Check } from './explanation.ts'
import { parseFlags } from './flags.ts'
import { unreadable } from './readable/readable.ts'
import { goOf, settingsOf, understood, type Build, type Given, type Settings } from './settings.ts'
import { tlsRange, type TlsRange } from './tls-range.ts'
import { words } from './words.ts'

/** A listener as it is after the start; or why etcd does not start. */
export type Started =
  | {
      readonly settings: Settings
      readonly range: TlsRange
      readonly assumed: readonly string[]
      readonly values: Readonly<Record<string, string>>
    }
  | { readonly failure: Check; readonly assumed: readonly string[] }

export interface Starting {
  readonly listener: ListenerName
  /** As typed; undefined when none were given. */
  readonly options: string | undefined
  readonly build: Build
  readonly given: Given
  /** Files that etcd reads when it starts. */
  readonly files: {
    readonly server?: readonly Certificate[] | undefined
    readonly ca?: readonly Certificate[] | undefined
  }
}

/** Reads the options as etcd does when it starts. Errors: HarnessError of `words`. Pure. */
export function startedWith({ listener, options, build, given, files }: Starting): Started {
  const flags = parseFlags(words(options ?? ''), build.etcd)
  if (flags.stop !== undefined) {
    const { said, exit, mend } = flags.stop
    return { assumed: [], failure: fails(`etcd ends at once, with status ${String(exit)}: ${said}`, mend) }
  }
  const { values, assumed } = understood(listener, flags.values, given)
  if (values['config-file'] !== undefined)
    return {
      assumed,
      failure: {
        id: 'start',
        mark: 'open',
        why: `--config-file makes etcd ignore all other options, and ${values['config-file']} is not read here`,
      },
    }
  const range = tlsRange(values, build, listener)
  if ('stop' in range)
    return { assumed, failure: fails(`etcd does not serve: ${range.stop.why}`, range.stop.mend) }
  const settings = settingsOf(listener, values, build)
  const failure = exclusive(settings) ?? unread(files, settings, build)
  return failure === undefined ? { settings, range, assumed, values } : { assumed, failure }
}

const fails = (why: string, mend: string): Check => ({ id: 'start', mark: 'bad', why, mend })

/** `baseConfig`, transport/listener.go. */
function exclusive({ allowedNames, allowedHosts }: Settings): Check | undefined {
  if (allowedNames === undefined || allowedHosts === undefined) return undefined
  return fails(
    'etcd does not start: --peer-cert-allowed-cn and --peer-cert-allowed-hostname are mutually exclusive',
    'take one of the two out',
  )
}

/** `NewCert` and `NewCertPool` (tlsutil) read all of their files, or etcd does not serve. */
function unread(
  { server = [], ca = [] }: Starting['files'],
  settings: Settings,
  build: Build,
): Check | undefined {
  if (settings.tls === 'none') return undefined
  const go = goOf(build)
  const named = [
    ...server.map((one) => ['its own certificate', one] as const),
    ...(settings.trusted === 'file' ? ca : []).map((one) => ['the CA file', one] as const),
  ]
  const found = named.flatMap(([what, one]): Check[] => {
    const problem = unreadable(one, go)
    if (problem === undefined) return []
    if (problem.open === true)
      return [{ id: 'start', mark: 'open', why: `of ${what}, "${one.subjectText}" ${problem.why}` }]
    const why = `etcd does not serve: ${goName(go)} cannot read ${what}, "${one.subjectText}" ${problem.why}`
    return [fails(why, problem.mend)]
  })
  return found.find(({ mark }) => mark === 'bad') ?? found[0]
}
