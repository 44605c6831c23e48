import { h, words } from './dom.js'
import { byAge, cellsOf, codeOf, pointOf, subjectAt, changeOf, isReused } from './index.js'
import { cellAddress, claimAddress } from './address.js'
/** @import { CellRef } from '../page-types.ts' */

/** More than these are folded away: a claim may have a hundred cells, a report thirty subjects. */
const mostShown = 10

/**
 * Links to the claim over the versions, to its other cells on this subject, and to this cell on the other subjects.
 * @param {CellRef} ref
 */
export function switches(ref) {
  const own = cellsOf(ref.claim, ref.subject)
  const others = byAge.map((subject) => ({ ...ref, subject }))
  return h(
    'nav',
    { class: 'switches', 'aria-label': 'Other cells' },
    h(
      'div',
      { class: 'switch' },
      h('a', { class: 'chip', href: claimAddress(ref.claim) }, 'The claim over the versions'),
    ),
    row('Cells', own, pointOf, (other) => other.cell === ref.cell),
    row(
      'Subjects',
      others,
      ({ subject }) => subjectAt(subject).name,
      ({ subject }) => subject === ref.subject,
    ),
  )
}

/**
 * @param {string} title
 * @param {readonly CellRef[]} refs
 * @param {(ref: CellRef) => string} textOf
 * @param {(ref: CellRef) => boolean} isCurrent
 */
function row(title, refs, textOf, isCurrent) {
  if (refs.length < 2) return undefined
  const links = h(
    'div',
    { class: 'switch' },
    refs.map((ref) => link(ref, textOf(ref), isCurrent(ref))),
  )
  if (refs.length <= mostShown) return links
  return h('details', { class: 'folded' }, h('summary', {}, `${title}: ${refs.length}`), links)
}

/**
 * @param {CellRef} ref
 * @param {string} text
 * @param {boolean} current
 */
function link(ref, text, current) {
  const { verdict } = codeOf(ref)
  return h(
    'a',
    { href: cellAddress(ref), class: 'chip', ...(current && { 'aria-current': 'true' }) },
    h('b', { class: `sign ${verdict}` }, h('span', { class: 'unseen' }, `${words[verdict]}: `)),
    text,
  )
}

/**
 * What became of the cell since the baseline, and whether it was played at all.
 * @param {CellRef} ref
 */
export function since(ref) {
  const change = changeOf(ref)
  return [
    change !== undefined &&
      h(
        'p',
        { class: `callout ${change.worse ? 'bad' : 'quiet'}` },
        h('b', {}, `Since the baseline: ${change.change}`),
        `, it was ${change.before}. ${change.why}`,
      ),
    isReused(ref) && h('span', { class: 'note' }, 'reused'),
  ]
}
