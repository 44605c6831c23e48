import { byId } from './dom.js'
import { cellsOf, changeOf, claimAt, codeOf, index, isReused } from './index.js'
import { addressOf, restate, state } from './address.js'

const search = /** @type {HTMLInputElement} */ (byId('search'))
const chips = [...document.querySelectorAll('[data-filter]')]
export const rows = /** @type {HTMLTableRowElement[]} */ ([...document.querySelectorAll('#matrix tr.claim')])
/** @param {HTMLTableRowElement} row */
export const claimOf = (row) => Number(row.dataset['claim'])

/** @type {Map<number, string>} */
const searched = new Map()
/** What a search looks into. @param {number} claim */
function textOf(claim) {
  const known = searched.get(claim)
  if (known !== undefined) return known
  const { id, says, points } = claimAt(claim)
  const text = [id, says, ...points].join('\n').toLowerCase()
  searched.set(claim, text)
  return text
}

/** What a cell can be filtered by. @param {number} claim @param {number} subject */
const keysOf = (claim, subject) =>
  new Set(
    cellsOf(claim, subject).flatMap((ref) => {
      const { verdict, mark } = codeOf(ref)
      return [verdict, mark, changeOf(ref)?.change ?? '', isReused(ref) ? 'reused' : '']
    }),
  )

/** Writes what is searched and filtered into the address, which shows it. */
export function filterChanged() {
  const only = chips
    .filter((chip) => chip.getAttribute('aria-pressed') === 'true')
    .map((chip) => chip.getAttribute('data-filter') ?? '')
  restate(addressOf({ q: search.value.trim(), only: only.join(',') }))
  followFilter()
}

let shown = '\n'
/** Shows the claims that match the address's search and have a cell of a chosen kind. */
export function followFilter() {
  const [q, only] = [state().get('q') ?? '', state().get('only') ?? '']
  if (shown === `${q}\n${only}`) return
  shown = `${q}\n${only}`
  if (search.value.trim() !== q) search.value = q
  const keys = only.split(',').filter((key) => key !== '')
  for (const chip of chips)
    chip.setAttribute('aria-pressed', String(keys.includes(chip.getAttribute('data-filter') ?? '')))
  const wanted = q
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  let count = 0
  for (const row of rows) {
    const text = textOf(claimOf(row))
    const visible = wanted.every((word) => text.includes(word)) && dimmed(row, keys)
    row.hidden = !visible
    if (visible) count += 1
  }
  for (const body of document.querySelectorAll('#matrix tbody'))
    /** @type {HTMLElement} */ (body).hidden = body.querySelector('tr.claim:not([hidden])') === null
  byId('shown').textContent = `${count} ${count === 1 ? 'claim' : 'claims'}`
  byId('nothing').hidden = count > 0
}

/** Dims what was not asked for; true when something is left. @param {HTMLTableRowElement} row @param {string[]} keys */
function dimmed(row, keys) {
  const claim = claimOf(row)
  const matches = index.subjects.map((_, subject) => {
    if (keys.length === 0) return true
    const has = keysOf(claim, subject)
    return keys.some((key) => has.has(key))
  })
  matches.forEach((match, subject) => {
    row.cells[subject + 1]?.classList.toggle('dim', !match)
  })
  return matches.includes(true)
}

export function resetFilter() {
  search.value = ''
  for (const chip of chips) chip.setAttribute('aria-pressed', 'false')
  filterChanged()
}

search.addEventListener('input', filterChanged)
byId('reset').addEventListener('click', () => {
  resetFilter()
  search.focus()
})
for (const chip of chips) {
  chip.addEventListener('click', () => {
    chip.setAttribute('aria-pressed', String(chip.getAttribute('aria-pressed') !== 'true'))
    filterChanged()
  })
}
