/** What is folded on the screen is essential on paper: opened before printing, folded again afterwards. */

/** @type {HTMLDetailsElement[]} */
let unfolded = []

window.addEventListener('beforeprint', () => {
  unfolded = [...document.querySelectorAll('details')].filter((one) => !one.open)
  for (const one of unfolded) one.open = true
})
window.addEventListener('afterprint', () => {
  for (const one of unfolded) one.open = false
  unfolded = []
})
