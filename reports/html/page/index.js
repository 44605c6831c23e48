import { byId } from './dom.js'
/** @import { IndexData, IndexClaim, IndexSubject, IndexChange } from '../index-data.ts' */
/** @import { CellRef } from '../page-types.ts' */

/** @type {IndexData} */
export const index = JSON.parse(byId('index').textContent ?? '')

/** The place of each claim's first cell among all cells. */
const firsts = index.claims.reduce(
  (places, { points }) => [...places, (places.at(-1) ?? 0) + points.length],
  [0],
)
const claimPlaces = new Map(index.claims.map(({ id }, place) => [id, place]))
const subjectPlaces = new Map(index.subjects.map(({ name }, place) => [name, place]))
/** Subjects from the oldest etcd to the newest. */
export const byAge = index.subjects
  .map((_, place) => place)
  .sort((a, b) => subjectAt(a).age - subjectAt(b).age)

/** @param {number} place @returns {IndexClaim} */
export const claimAt = (place) => /** @type {IndexClaim} */ (index.claims[place])
/** @param {number} place @returns {IndexSubject} */
export function subjectAt(place) {
  return /** @type {IndexSubject} */ (index.subjects[place])
}

/** @param {string | null} id */
export const claimPlace = (id) => (id === null ? undefined : claimPlaces.get(id))

/**
 * The cells of a claim on a subject.
 * @param {number} claim
 * @param {number} subject
 * @returns {CellRef[]}
 */
export const cellsOf = (claim, subject) =>
  claimAt(claim).points.map((_, n) => ({ claim, subject, cell: (firsts[claim] ?? 0) + n }))

/** @param {CellRef} ref */
export const pointOf = ({ claim, cell }) => claimAt(claim).points[cell - (firsts[claim] ?? 0)] ?? ''

/** @param {CellRef} ref */
export function idOf(ref) {
  const point = pointOf(ref)
  return `${claimAt(ref.claim).id}${point === '' ? '' : `:${point}`}`
}

/**
 * The cell that an address names.
 * @param {string | null} id
 * @param {string | null} on
 * @returns {CellRef | undefined}
 */
export function cellNamed(id, on) {
  const subject = on === null ? undefined : subjectPlaces.get(on)
  if (id === null || subject === undefined) return undefined
  const [claim = ''] = id.split(':', 1)
  const place = claimPlaces.get(claim)
  return place === undefined ? undefined : cellsOf(place, subject).find((ref) => idOf(ref) === id)
}

const unknown = { verdict: 'missing', mark: '', severity: 0 }

/** @param {CellRef} ref */
export const codeOf = ({ subject, cell }) => index.codes[subjectAt(subject).codes[cell] ?? ''] ?? unknown

/** @param {CellRef} ref @returns {IndexChange | undefined} */
export const changeOf = ({ subject, cell }) => subjectAt(subject).changes?.[cell]

/** @param {CellRef} ref */
export const isReused = ({ subject, cell }) => subjectAt(subject).reused?.[cell] === 'r'

/**
 * The worst of some cells; of equals the first.
 * @param {readonly CellRef[]} refs
 * @returns {CellRef | undefined}
 */
export const worstOf = (refs) =>
  refs.reduce(
    (worst, ref) => (worst === undefined || codeOf(ref).severity > codeOf(worst).severity ? ref : worst),
    /** @type {CellRef | undefined} */ (undefined),
  )

/** @param {CellRef} ref */
export const keyOf = ({ subject, cell }) => `${subject}.${cell}`
