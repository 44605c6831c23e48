import { ReportError } from '../failure.ts'
import { oneLine } from '../sanitize.ts'
import type { SubjectRecord } from '../schema.ts'
import { lineOf } from '../version.ts'

/** A subject of this run and the one of the baseline that it is compared with. */
export interface Pair {
  readonly subject: SubjectRecord
  readonly baseline?: SubjectRecord
}
export interface Pairs {
  readonly pairs: readonly Pair[]
  /** Builds of the baseline that this run has none for. */
  readonly left: readonly SubjectRecord[]
}

type Key = (subject: SubjectRecord) => string

/** A liar or a bent etcd is no release: it stands for itself. */
const isRelease = ({ source }: SubjectRecord): boolean => source !== 'liar' && source !== 'bent'

/** From the surest to the least: the same build; its line from the same origin; its line. */
const keys: readonly Key[] = [
  ({ name }) => name,
  (one) => (isRelease(one) ? `${lineOf(one.etcd)}@${one.source}` : one.name),
  (one) => (isRelease(one) ? lineOf(one.etcd) : one.name),
]

/**
 * Which build of the baseline each build of this run is compared with. One that is left on each side is compared,
 * whatever it is: 3.7.3 against 3.6.16. Errors: ReportError `baseline-ambiguous` (exit 2).
 */
export function pairsOf(
  now: readonly SubjectRecord[],
  before: readonly SubjectRecord[],
  from: string,
): Pairs {
  const found = new Map<SubjectRecord, SubjectRecord>()
  const open = (side: readonly SubjectRecord[]) =>
    side.filter((one) => !found.has(one) && ![...found.values()].includes(one))
  for (const key of keys) {
    const theirs = Map.groupBy(open(before), key)
    for (const [name, ours] of Map.groupBy(open(now), key)) {
      const others = theirs.get(name) ?? []
      const [one, other] = [ours[0], others[0]]
      if (one === undefined || other === undefined || ours.length > 1 || others.length > 1) continue
      found.set(one, other)
    }
  }
  const [ours, theirs] = [open(now), open(before)]
  const [one, other] = [ours[0], theirs[0]]
  if (one !== undefined && other !== undefined) {
    if (ours.length > 1 || theirs.length > 1) throw ambiguous(ours, theirs, from)
    found.set(one, other)
  }
  const pairs = now.map((subject) => {
    const baseline = found.get(subject)
    return { subject, ...(baseline !== undefined && { baseline }) }
  })
  return { pairs, left: open(before) }
}

function ambiguous(
  ours: readonly SubjectRecord[],
  theirs: readonly SubjectRecord[],
  from: string,
): ReportError {
  const names = (subjects: readonly SubjectRecord[]) => subjects.map(({ name }) => oneLine(name)).join(', ')
  return new ReportError(
    'baseline-ambiguous',
    `--baseline ${from}: with which of ${names(theirs)} is ${names(ours)} compared? Take results in which one build belongs to each (of the same name or line), or run one build against the results of one.`,
  )
}

/** What a reader must know before two builds are compared; the same build needs no word. */
export function pairNotes({ subject, baseline }: Pair): string[] {
  if (baseline === undefined) return ['the baseline has no build for it: every cell is new']
  const notes: string[] = []
  if (subject.etcd !== baseline.etcd) notes.push(`etcd ${subject.etcd} against ${baseline.etcd}`)
  if (subject.source !== baseline.source)
    notes.push(
      `the builds are of different origin (${subject.source} against ${baseline.source}): a difference may come from how they were built`,
    )
  if (subject.go !== baseline.go)
    notes.push(`Go ${subject.go} against ${baseline.go}: a difference may come from Go`)
  const lost = baseline.tls.filter((version) => !subject.tls.includes(version))
  if (lost.length > 0)
    notes.push(
      `TLS ${lost.join(', ')} is spoken no longer: what was asked over it is gone, and nobody says whether it is kept`,
    )
  if (subject.name === baseline.name && subject.image !== baseline.image)
    notes.push('the same version and Go, but another image')
  return notes
}
