/* global document */

/** Shows the claims that match the search and have a cell with one of the chosen verdicts. */
export function filterMatrix() {
  const wanted = document
    .getElementById('search')
    .value.trim()
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const keys = [...document.querySelectorAll('[data-filter][aria-pressed=true]')].map(
    (chip) => chip.dataset.filter,
  )
  let shown = 0
  for (const body of document.querySelectorAll('#matrix tbody')) {
    let here = 0
    for (const row of body.querySelectorAll('tr.claim')) {
      const visible = wanted.every((word) => row.dataset.search.includes(word)) && markButtons(row, keys)
      row.hidden = !visible
      if (visible) here += 1
    }
    body.hidden = here === 0
    shown += here
  }
  document.getElementById('shown').textContent = `${shown} ${shown === 1 ? 'claim' : 'claims'}`
  document.getElementById('nothing').hidden = shown > 0
}

/** Dims what was not asked for; true when something is left. */
function markButtons(row, keys) {
  let left = 0
  for (const button of row.querySelectorAll('button.verdict')) {
    const has = button.dataset.keys.split(' ')
    const matches = keys.length === 0 || keys.some((key) => has.includes(key))
    button.classList.toggle('dim', !matches)
    if (matches) left += 1
  }
  return left > 0
}

export function resetFilter() {
  document.getElementById('search').value = ''
  for (const chip of document.querySelectorAll('[data-filter]')) chip.setAttribute('aria-pressed', 'false')
  filterMatrix()
}
