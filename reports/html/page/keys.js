import { byId } from './dom.js'
import { move } from './grid.js'
import { resetFilter } from './filter.js'
import { panel, step, toClaim } from './panel.js'
import { nextTheme } from './theme.js'

const help = /** @type {HTMLDialogElement} */ (byId('help'))
const search = /** @type {HTMLInputElement} */ (byId('search'))
const overview = byId('overview')

const onMatrix = () => !panel.open && !help.open && !overview.hidden

/** @type {Readonly<Record<string, () => void>>} */
const keys = {
  '/': () => {
    if (!onMatrix()) return
    search.focus()
    search.select()
  },
  '?': () => {
    if (!help.open) help.showModal()
  },
  t: nextTheme,
  c: () => {
    if (panel.open) toClaim()
  },
  j: () => walk(1),
  k: () => walk(-1),
}

/** @param {number} by */
function walk(by) {
  if (panel.open) step(by)
  else if (onMatrix()) move(by, 0)
}

document.addEventListener('keydown', (event) => {
  const { key, target, ctrlKey, metaKey, altKey } = event
  if (ctrlKey || metaKey || altKey) return
  const writing = target instanceof HTMLInputElement
  if (writing && key === 'Escape') {
    event.preventDefault()
    resetFilter()
  } else if (writing && (key === 'ArrowDown' || key === 'Enter')) {
    event.preventDefault()
    search.blur()
    move(0, 0)
  } else if (!writing && keys[key] !== undefined) {
    event.preventDefault()
    keys[key]()
  }
})
byId('help-open').addEventListener('click', () => help.showModal())
byId('help-close').addEventListener('click', () => help.close())
help.addEventListener('click', (event) => {
  if (event.target === help) help.close()
})
