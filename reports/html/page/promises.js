import { byId, h, words } from './dom.js'
import { byAge, cellsOf, claimAt, claimPlace, codeOf, index, worstOf } from './index.js'
import { claimAddress } from './address.js'
import { strip } from './history.js'
/** @import { IndexPage } from '../index-data.ts' */
/** @typedef {IndexPage['promises'][number]} Promise_ */

/**
 * A page of the documentation, promise by promise, in its order: our words for each, and the verdicts of the claims
 * that cite its sentence.
 * @param {IndexPage} page
 */
export function showPromises(page) {
  const view = byId('page-view')
  if (view.dataset['page'] === page.page) return
  view.dataset['page'] = page.page
  const sections = Map.groupBy(page.promises, ({ section }) => section)
  view.replaceChildren(
    h('h2', { id: 'page-title', tabindex: '-1' }, page.title),
    h(
      'p',
      { class: 'muted' },
      `${sumOf(page)} Each promise is told in our words; the sentence itself is on the page, found by its fingerprint.`,
    ),
    ...[...sections].map(([section, promises]) => sectionOf(section, promises)),
  )
}

/** @param {IndexPage} page */
function sumOf({ promises }) {
  const tested = promises.filter(({ claims }) => claims.some((id) => claimPlace(id) !== undefined)).length
  return `${tested} of ${promises.length} promises are tested here.`
}

/** @param {string} section @param {readonly Promise_[]} promises */
function sectionOf(section, promises) {
  const { heading = section, url } = index.sections.find(({ id }) => id === section) ?? {}
  return h(
    'section',
    { class: 'of-page' },
    h(
      'h3',
      {},
      url === undefined ? heading : h('a', { href: url, rel: 'noreferrer' }, heading),
      ' ',
      h('code', {}, section),
    ),
    h('ol', { class: 'promises' }, promises.map(promiseItem)),
  )
}

/** @param {Promise_} promise */
function promiseItem({ ordinal, print, says, claims, why }) {
  const places = claims.flatMap((id) => claimPlace(id) ?? [])
  const worst = worstOf(places.flatMap((claim) => byAge.flatMap((subject) => cellsOf(claim, subject))))
  const { verdict, mark } = worst === undefined ? { verdict: 'missing', mark: '' } : codeOf(worst)
  return h(
    'li',
    { class: `promise ${verdict} ${mark}`, value: String(ordinal) },
    h(
      'p',
      { class: 'says-it' },
      says,
      ' ',
      h('code', { class: 'print', title: 'fingerprint of the sentence' }, print),
    ),
    places.length === 0
      ? h('p', { class: 'muted' }, `no verdict: ${why ?? 'no claim of this run cites it'}`)
      : h('ul', {}, places.map(claimItem)),
  )
}

/** @param {number} claim */
function claimItem(claim) {
  const counts = new Map()
  for (const subject of byAge) {
    const worst = worstOf(cellsOf(claim, subject))
    if (worst === undefined) continue
    const { verdict, mark } = codeOf(worst)
    const word = [words[verdict], mark].join(' ').trim()
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  const told = [...counts].map(([word, count]) => (byAge.length === 1 ? word : `${word} ${count}`)).join(', ')
  return h('li', {}, h('a', { href: claimAddress(claim) }, claimAt(claim).id), ' ', strip(claim), ` ${told}`)
}
