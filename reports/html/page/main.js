import './keys.js'
import './print.js'
import { byId } from './dom.js'
import { cellNamed, claimPlace, index } from './index.js'
import { state } from './address.js'
import { followFilter } from './filter.js'
import { showPromises } from './promises.js'
import { hidePanel, showCell, showClaim } from './panel.js'

/** Shows what the address names: search and filters, a page or the matrix, and a cell or a claim over it. */
function follow() {
  const wanted = state()
  const page = index.pages.find((one) => one.page === wanted.get('page'))
  if (page !== undefined) showPromises(page)
  byId('overview').hidden = page !== undefined
  byId('page-view').hidden = page === undefined
  for (const link of document.querySelectorAll('[data-view]')) {
    if (link.getAttribute('data-view') === (page?.page ?? '')) link.setAttribute('aria-current', 'page')
    else link.removeAttribute('aria-current')
  }
  followFilter()
  const cell = cellNamed(wanted.get('cell'), wanted.get('on'))
  const claim = claimPlace(wanted.get('claim'))
  if (cell !== undefined) void showCell(cell)
  else if (claim !== undefined) showClaim(claim)
  else hidePanel()
}

document.documentElement.classList.add('with-script')
window.addEventListener('hashchange', follow)
follow()
