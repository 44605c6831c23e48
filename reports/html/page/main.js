/* global document, location, history, window, URLSearchParams */
import { h, badge } from './dom.js'
import { addressOf, evidence, switches } from './panel.js'
import { filterMatrix, resetFilter } from './filter.js'

const data = JSON.parse(document.getElementById('data').textContent)
const panel = document.getElementById('panel')
const claimsById = new Map(data.claims.map((claim) => [claim.id, claim]))

/** Opens the cell the address names; without one closes the panel. */
function followAddress() {
  const wanted = new URLSearchParams(location.hash.slice(1))
  const cell = data.cells.find((one) => one.cell === wanted.get('cell') && one.subject === wanted.get('on'))
  if (cell === undefined) {
    if (panel.open) panel.close()
    return
  }
  const claim = claimsById.get(cell.claim)
  document.getElementById('panel-title').replaceChildren(badge(cell), ' ', h('code', {}, cell.cell))
  document.getElementById('panel-says').textContent = `${claim?.says ?? ''} — ${cell.subject}`
  const body = document.getElementById('panel-body')
  body.replaceChildren(switches(cell, data), ...evidence(cell, data))
  body.scrollTop = 0
  if (!panel.open) panel.showModal()
  document.getElementById('panel-title').focus({ preventScroll: true })
}

/** Up, down, left and right walk through the cells of the matrix. */
function walk(event) {
  const button = event.target.closest('button.verdict')
  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key]
  if (button === null || steps === undefined) return
  const rows = [...document.querySelectorAll('tr.claim')].filter((row) => row.offsetParent !== null)
  const row = rows[rows.indexOf(button.closest('tr')) + steps[0]]
  const next = row?.querySelectorAll('button.verdict')[Number(button.dataset.subject) + steps[1]]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}

document.getElementById('matrix').addEventListener('click', (event) => {
  const button = event.target.closest('button.verdict')
  if (button === null) return
  const address = addressOf({
    cell: button.dataset.cell,
    subject: data.subjects[Number(button.dataset.subject)],
  })
  if (location.hash === address) followAddress()
  else location.hash = address
})
document.getElementById('matrix').addEventListener('keydown', walk)
document.getElementById('close').addEventListener('click', () => panel.close())
panel.addEventListener('click', (event) => {
  if (event.target === panel) panel.close()
})
panel.addEventListener('close', () => {
  if (location.hash !== '') history.replaceState(null, '', location.pathname + location.search)
})
window.addEventListener('hashchange', followAddress)
document.getElementById('search').addEventListener('input', filterMatrix)
document.getElementById('reset').addEventListener('click', resetFilter)
for (const chip of document.querySelectorAll('[data-filter]')) {
  chip.addEventListener('click', () => {
    chip.setAttribute('aria-pressed', String(chip.getAttribute('aria-pressed') !== 'true'))
    filterMatrix()
  })
}
followAddress()
