import { byId } from './dom.js'
import { cellsOf, worstOf } from './index.js'
import { cellAddress, goTo } from './address.js'
import { claimOf, rows } from './filter.js'
/** @import { CellRef } from '../page-types.ts' */

const matrix = byId('matrix')

/** What can be chosen in a row: the claim, then a verdict per subject. @param {HTMLTableRowElement} row */
const stops = (row) => /** @type {HTMLElement[]} */ ([...row.querySelectorAll('a.slug, button')])

/** One stop of the tab key for the whole matrix; the arrows do the rest. @param {HTMLElement} element */
function makeStop(element) {
  if (stop === element) return
  stop?.setAttribute('tabindex', '-1')
  element.setAttribute('tabindex', '0')
  stop = element
}
/** @type {HTMLElement | undefined} */
let stop

/** @param {HTMLElement} element */
function focusOn(element) {
  makeStop(element)
  element.focus()
  element.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

/** The worst cell that a button of the matrix stands for. @param {HTMLElement} button @returns {CellRef | undefined} */
function cellOfButton(button) {
  const cell = /** @type {HTMLTableCellElement | null} */ (button.closest('td'))
  const row = /** @type {HTMLTableRowElement | null} */ (button.closest('tr.claim'))
  return cell === null || row === null ? undefined : worstOf(cellsOf(claimOf(row), cell.cellIndex - 1))
}

/** The place in the matrix where a claim, or a cell of it, is shown. @param {number} claim @param {number} [subject] */
export function placeOf(claim, subject) {
  const row = rows.find((one) => claimOf(one) === claim && !one.hidden)
  return row === undefined ? undefined : stops(row)[subject === undefined ? 0 : subject + 1]
}

/** Focus goes to where the matrix has it. @param {number} claim @param {number} [subject] */
export function focusPlace(claim, subject) {
  const place = placeOf(claim, subject)
  if (place !== undefined) focusOn(place)
  return place !== undefined
}

const visibleRows = () => rows.filter((row) => !row.hidden)

/**
 * Moves by so many rows and columns from where the focus is; from elsewhere to the first row.
 * @param {number} down
 * @param {number} right
 */
export function move(down, right) {
  const all = visibleRows()
  const at = /** @type {HTMLElement | null} */ (document.activeElement)
  const row = /** @type {HTMLTableRowElement | null} */ (at?.closest('#matrix tr.claim') ?? null)
  if (row === null || at === null) {
    const back = stop !== undefined && stop.offsetParent !== null ? stop : all[0] && stops(all[0])[1]
    if (back !== undefined) focusOn(back)
    return
  }
  const next = all[all.indexOf(row) + down]
  if (next === undefined) return
  const column = stops(row).indexOf(at)
  const target = stops(next)[Math.min(Math.max(column + right, 0), stops(next).length - 1)]
  if (target !== undefined) focusOn(target)
}

/** The verdict cells that are shown, row by row: what "next" and "previous" walk through. @param {number} subject */
export const shownClaims = (subject) =>
  visibleRows()
    .filter((row) => row.cells[subject + 1]?.classList.contains('dim') !== true)
    .map(claimOf)

/** @type {Readonly<Record<string, readonly [number, number]>>} */
const steps = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [0, -Infinity],
  End: [0, Infinity],
}

matrix.addEventListener('keydown', (event) => {
  const step = steps[event.key]
  if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  move(...step)
})
matrix.addEventListener('focusin', ({ target }) => {
  if (target instanceof HTMLElement && target.matches('tr.claim a.slug, tr.claim button')) makeStop(target)
})
matrix.addEventListener('click', ({ target }) => {
  const button =
    target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest('tr.claim button')) : null
  const cell = button === null ? undefined : cellOfButton(button)
  if (cell !== undefined) goTo(cellAddress(cell))
})
for (const link of matrix.querySelectorAll('a.slug')) link.setAttribute('tabindex', '-1')
const first = /** @type {HTMLElement | null} */ (matrix.querySelector('tr.claim button'))
if (first !== null) makeStop(first)
