import { byId } from './dom.js'

const names = ['auto', 'light', 'dark']
const key = 'etcd-tls-colours'

/** A file that was opened from a disk may have no storage. */
function remembered() {
  try {
    return localStorage.getItem(key) ?? 'auto'
  } catch {
    return 'auto'
  }
}

/** @param {string} name */
function use(name) {
  const theme = names.includes(name) ? name : 'auto'
  document.documentElement.dataset['theme'] = theme
  const button = byId('theme')
  button.setAttribute('aria-label', `Colours: ${theme}`)
  button.querySelector('span')?.replaceChildren(theme)
  return theme
}

/** Light, dark, or as the system has it. */
export function nextTheme() {
  const now = names.indexOf(document.documentElement.dataset['theme'] ?? 'auto')
  const theme = use(names[(now + 1) % names.length] ?? 'auto')
  try {
    localStorage.setItem(key, theme)
  } catch {
    // Then it is for this time only.
  }
}

use(remembered())
byId('theme').addEventListener('click', nextTheme)
