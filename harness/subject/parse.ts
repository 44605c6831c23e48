import { coerce, lt, valid } from 'semver'
import { bends, bentRelease } from '../../fixtures/bent.ts'
import { liars } from '../../fixtures/liars.ts'
import { all, beforeModules, findRelease, newest, newestStable, supported } from '../../fixtures/releases.ts'
import { lineOf } from '../../fixtures/step.ts'
import { inputError } from '../errors.ts'
import { nearestTo } from '../nearest.ts'
import { printable } from '../printable.ts'

/** What a user asked for, by the road that leads to it. `asked` is the text. */
export type Asked =
  | { readonly road: 'release'; readonly asked: string; readonly version: string }
  | { readonly road: 'module'; readonly asked: string; readonly version: string; readonly go?: string }
  | { readonly road: 'image'; readonly asked: string; readonly reference: string }
  | { readonly road: 'debian'; readonly asked: string; readonly suite: string }
  | { readonly road: 'binary'; readonly asked: string; readonly path: string }
  | { readonly road: 'liar'; readonly asked: string; readonly liar: string }
  | { readonly road: 'bent'; readonly asked: string; readonly bend: string; readonly version: string }

/** The text of a subject that `--etcd` takes when it is not given. */
export const defaultSubject = (): string => newestStable().version

/** Names that stand for several subjects. */
const sets: Readonly<Record<string, () => readonly { version: string }[]>> = {
  supported,
  all,
}

/**
 * Reads subjects in the order given; sets are spread out and repetitions dropped.
 * Errors: those of `parseSubject`.
 */
export function parseSubjects(texts: readonly string[]): Asked[] {
  const spread = texts.flatMap((text) => sets[text]?.().map(({ version }) => version) ?? [text])
  return [...new Set(spread)].map(parseSubject)
}

/**
 * Reads one subject. Pure: no engine, file or network is asked.
 * Errors (exit 2): `unknown-subject` text that is none of the forms, `unknown-release` a version that is not in
 * the table, `unknown-liar` a liar or a bent etcd that there is not, `go-too-old` a Go below the module's `go` line.
 */
export function parseSubject(text: string): Asked {
  const [, prefix, rest] = /^(image|module|debian|file|liar|bent):(.*)$/s.exec(text) ?? []
  if (prefix === undefined) return parseVersion(text, text, false)
  if (rest === undefined || rest.trim() === '') throw unknownSubject(text)
  switch (prefix) {
    case 'image':
      return { road: 'image', asked: text, reference: matching(rest, /^[\w][\w.\-:/@]*$/, text) }
    case 'debian':
      return { road: 'debian', asked: text, suite: matching(rest, /^[a-z]+$/, text) }
    case 'file':
      return { road: 'binary', asked: text, path: rest }
    case 'liar':
      return { road: 'liar', asked: text, liar: knownLiar(matching(rest, /^[a-z][a-z0-9-]*$/, text), text) }
    case 'bent':
      return parseBent(rest, text)
    default:
      return parseVersion(rest, text, true)
  }
}

/** `3.6.16`, `v3.6.16` and `3.5.8+go1.19.13`. `build`: asked for as a module, so it need not be in the table. */
function parseVersion(text: string, asked: string, build: boolean): Asked {
  const [, version, go] =
    /^v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)(?:\+go(\d+\.\d+(?:\.\d+)?))?$/.exec(text) ?? []
  if (version === undefined || valid(version) === null) throw otherName(text, asked) ?? unknownSubject(asked)
  const release = findRelease(version)
  if (release === undefined && !(build && hasPlainTag(version))) throw unknownRelease(asked, version)
  if (go !== undefined) checkFloor(go, release?.floor, version, asked)
  if (!build && go === undefined) return { road: 'release', asked, version }
  return { road: 'module', asked, version, ...(go === undefined ? {} : { go: fullGo(go) }) }
}

/** What others call a subject by: a line, or the newest release. */
function otherName(text: string, asked: string): Error | undefined {
  const [, line] = /^v?(\d+\.\d+)(?:\.[x*])?$/.exec(text) ?? []
  const release = line === undefined ? undefined : newest(line)
  if (line !== undefined && release !== undefined)
    return inputError(
      'unknown-subject',
      `--etcd ${asked}: ${line} is a line; its newest release is ${release.version}.`,
    )
  if (asked !== 'latest') return undefined
  const { version } = newestStable()
  return inputError(
    'unknown-subject',
    `--etcd latest: leave --etcd away for the newest stable release, ${version}.`,
  )
}

/** Too many to be read in a sentence. */
const listedBy = (kind: string): string => `; etcd-tls complete run --etcd ${kind} lists them`

/** `honest` breaks no rule: the standard that the others are measured by. */
function knownLiar(liar: string, asked: string): string {
  const names = Object.keys(liars)
  if (liar === 'honest' || names.includes(liar)) return liar
  throw inputError(
    'unknown-liar',
    `--etcd ${asked}: there is no such liar${nearestTo(liar, names) || listedBy('liar:')}.`,
  )
}

/** `ip-san-ignored` and `ip-san-ignored@3.5.35`. */
function parseBent(rest: string, asked: string): Asked {
  const [bend = '', ...more] = matching(rest, /^[a-z][a-z0-9-]*(@v?\d+\.\d+\.\d+)?$/, asked).split('@')
  if (!Object.hasOwn(bends, bend)) {
    const names = Object.keys(bends)
    throw inputError(
      'unknown-liar',
      `--etcd ${asked}: no bent etcd is called that${nearestTo(bend, names) || listedBy('bent:')}.`,
    )
  }
  const version = more[0]?.replace(/^v/, '') ?? bends[bend]?.etcd ?? bentRelease
  if (findRelease(version) === undefined) throw unknownRelease(asked, version)
  if (beforeModules(version))
    throw inputError(
      'unknown-liar',
      `--etcd ${asked}: etcd before 3.4.0 is not bent; ask for bent:${bend}@3.4.0 or later.`,
    )
  return { road: 'bent', asked, bend, version }
}

/** In 3.4 only releases of the table have module coordinates. */
const hasPlainTag = (version: string): boolean =>
  !lt(version, '3.5.0-0') || (beforeModules(version) && !lt(version, '2.3.0'))

/** Go names its releases with all three numbers from 1.21 on; `1.26` means 1.26.0. */
export const fullGo = (go: string): string => coerce(go)?.version ?? go

/** Errors: `go-too-old` (exit 2) when `go` is below the `go` line of the module. */
export function checkFloor(go: string, floor: string | undefined, version: string, asked: string): void {
  if (floor === undefined || !lt(fullGo(go), fullGo(floor))) return
  throw inputError(
    'go-too-old',
    `${asked}: Go ${go} cannot build etcd ${version}, whose go.mod says \`go ${floor}\`; ` +
      `ask for ${version}+go${fullGo(floor)} or newer.`,
  )
}

function matching(rest: string, pattern: RegExp, asked: string): string {
  if (!pattern.test(rest)) throw unknownSubject(asked)
  return rest
}

const forms =
  '3.6.16, 3.5.8+go1.19.13, module:VERSION, image:REF, debian:SUITE, file:PATH, liar:NAME, bent:NAME, supported or all'

const unknownSubject = (asked: string): Error =>
  inputError('unknown-subject', `--etcd ${printable(asked)} is not a subject; write one like ${forms}.`)

function unknownRelease(asked: string, version: string): Error {
  const near = newest(lineOf(version)) ?? newestStable()
  const build = hasPlainTag(version) ? `module:${version}` : 'file:PATH'
  return inputError(
    'unknown-release',
    `--etcd ${asked}: the table of releases does not know etcd ${version}; ` +
      `the nearest it knows is ${near.version}, and \`run\` takes one that it does not know as image:REF or ${build}.`,
  )
}
