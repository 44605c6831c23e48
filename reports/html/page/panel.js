import { badge, byId, h } from './dom.js'
import { cellsOf, claimAt, codeOf, idOf, subjectAt } from './index.js'
import { addressOf, cellAddress, claimAddress, goTo, restate } from './address.js'
import { evidenceOf } from './unpack.js'
import { evidence } from './evidence.js'
import { since, switches } from './switches.js'
import { claimHistory } from './history.js'
import { focusPlace, shownClaims } from './grid.js'
/** @import { CellRef } from '../page-types.ts' */

export const panel = /** @type {HTMLDialogElement} */ (byId('panel'))
const body = byId('panel-body')
const title = byId('panel-title')

/** @typedef {{ claim: number, cell?: CellRef }} Open */
/** What is open: a claim, or a cell of it. @type {Open | undefined} */
let open

/** A cell's evidence, as soon as it is unpacked. @param {CellRef} ref */
export async function showCell(ref) {
  const { verdict, mark } = codeOf(ref)
  begin(
    { claim: ref.claim, cell: ref },
    [badge(verdict, mark), ' ', h('code', {}, idOf(ref))],
    `${claimAt(ref.claim).says} — ${subjectAt(ref.subject).name}`,
  )
  const wanted = open
  body.setAttribute('aria-busy', 'true')
  body.replaceChildren(
    switches(ref),
    ...present(since(ref)),
    h('p', { class: 'muted' }, 'Reading the evidence …'),
  )
  const shown = await evidenceOf(ref).then(
    (cell) => (cell === undefined ? [h('p', {}, 'There is no result of this cell.')] : evidence(cell)),
    (error) => [h('p', { class: 'callout bad' }, `The evidence cannot be read: ${String(error)}`)],
  )
  if (wanted !== open) return
  body.replaceChildren(switches(ref), ...present(since(ref)), ...shown)
  body.removeAttribute('aria-busy')
}

/** A claim over the versions. @param {number} claim */
export function showClaim(claim) {
  begin({ claim }, [h('code', {}, claimAt(claim).id)], claimAt(claim).says)
  body.removeAttribute('aria-busy')
  body.replaceChildren(...present(claimHistory(claim)))
}

/** @param {readonly (Node | false | undefined)[]} nodes @returns {Node[]} */
const present = (nodes) => nodes.filter((node) => node instanceof Node)

/** @param {Open} what @param {(Node | string)[]} heading @param {string} says */
function begin(what, heading, says) {
  open = what
  title.replaceChildren(...heading)
  byId('panel-says').textContent = says
  body.scrollTop = 0
  if (!panel.open) panel.showModal()
  document.documentElement.classList.add('panel-open')
  title.focus({ preventScroll: true })
}

export function hidePanel() {
  if (panel.open) panel.close()
}

/** The next or previous claim of those that are shown, on the same subject. @param {number} by */
export function step(by) {
  if (open === undefined) return
  const subject = open.cell?.subject ?? 0
  const claims = shownClaims(open.cell === undefined ? -1 : subject)
  const next = claims[claims.indexOf(open.claim) + by]
  if (next === undefined) return
  const [cell] =
    open.cell === undefined
      ? []
      : cellsOf(next, subject).toSorted((a, b) => codeOf(b).severity - codeOf(a).severity)
  goTo(cell === undefined ? claimAddress(next) : cellAddress(cell))
}

/** From a cell to its claim. */
export function toClaim() {
  if (open?.cell !== undefined) goTo(claimAddress(open.claim))
}

byId('close').addEventListener('click', hidePanel)
panel.addEventListener('click', (event) => {
  if (event.target === panel) hidePanel()
})
panel.addEventListener('close', () => {
  const was = open
  open = undefined
  document.documentElement.classList.remove('panel-open')
  restate(addressOf({}))
  if (was !== undefined && !byId('overview').hidden) focusPlace(was.claim, was.cell?.subject)
})
