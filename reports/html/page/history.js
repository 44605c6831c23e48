import { h, part, words } from './dom.js'
import { byAge, cellsOf, changeOf, claimAt, codeOf, index, isReused, subjectAt, worstOf } from './index.js'
import { cellAddress } from './address.js'
/** @import { CellRef } from '../page-types.ts' */

/**
 * A claim over the versions: what the page says of releases, and each of its cells from the oldest etcd to the newest.
 * @param {number} claim
 */
export function claimHistory(claim) {
  const { section, points, step, open } = claimAt(claim)
  const { heading = section, url } = index.sections.find(({ id }) => id === section) ?? {}
  return [
    h(
      'p',
      {},
      'Section: ',
      url === undefined ? heading : h('a', { href: url, rel: 'noreferrer' }, heading),
      ' ',
      h('code', {}, section),
      open !== undefined && h('span', { class: 'muted' }, ` · left open by the page: ${open}`),
    ),
    releases(claim),
    part(
      points.length === 1 ? 'Over the versions' : `Over the versions: ${points.length} cells`,
      h(
        'div',
        { class: 'history-frame', tabindex: '0', role: 'region', 'aria-label': 'Over the versions' },
        table(claim),
      ),
      h('p', { class: 'muted' }, legend(claim)),
    ),
    step !== undefined &&
      part(
        'The step as it was seen',
        h('p', { class: 'steps' }, step.line),
        step.missing.map((text) => h('p', { class: 'muted' }, text)),
        step.hows.length > 0 && h('h4', {}, 'How it is absent'),
        step.hows.map((text) => h('p', {}, text)),
      ),
    changed(claim),
  ]
}

/** @param {number} claim */
function releases(claim) {
  const { since, until, except = [] } = claimAt(claim)
  const texts = [
    since !== undefined && `since ${since}`,
    ...except.map((release) => `except ${release}`),
    until !== undefined && `until ${until}`,
  ].filter((text) => text !== false)
  return texts.length > 0 && h('p', {}, `The page promises it ${texts.join(', ')}.`)
}

/** @param {number} claim */
const legend = (claim) =>
  [
    'Oldest etcd first. ✔ pass, ≈ drift, ✘ fail, ? inconclusive, – not applicable, ∅ no result; * a known deviation, ! a stale declaration.',
    marksOf(claim).length > 0 && 'A thick line stands where the page names a release.',
  ]
    .filter((text) => text !== false)
    .join(' ')

/**
 * Where, between two neighbours in age, the page's promise begins or ends.
 * @param {number} claim
 */
function marksOf(claim) {
  const [first] = cellsOf(claim, 0)
  const sideOf = (/** @type {number} */ subject) => {
    const letters = cellsOf(claim, subject).map(({ cell }) => subjectAt(subject).sides[cell])
    return letters.find((letter) => letter !== '-') ?? '-'
  }
  if (first === undefined) return []
  return byAge.flatMap((subject, n) => {
    const before = byAge[n - 1]
    if (before === undefined) return []
    const [was, is] = [sideOf(before), sideOf(subject)]
    return was === is || was === '-' || is === '-'
      ? []
      : [{ subject, text: is === 's' ? 'promised from here' : 'no more promised' }]
  })
}

/** @param {number} claim */
function table(claim) {
  const marks = new Map(marksOf(claim).map(({ subject, text }) => [subject, text]))
  const { points } = claimAt(claim)
  return h(
    'table',
    { class: 'history' },
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        h('th', { scope: 'col' }, 'Cell'),
        byAge.map((subject) => headOf(subject, marks.get(subject))),
      ),
    ),
    h(
      'tbody',
      {},
      points.map((point, n) =>
        h(
          'tr',
          {},
          h('th', { scope: 'row' }, point === '' ? 'the one cell' : point),
          byAge.map((subject) =>
            cellOf(/** @type {CellRef} */ (cellsOf(claim, subject)[n]), marks.has(subject)),
          ),
        ),
      ),
    ),
  )
}

/** @param {number} subject @param {string | undefined} mark */
function headOf(subject, mark) {
  const [etcd = '', ...rest] = subjectAt(subject).name.split(/[@+]/)
  return h(
    'th',
    { scope: 'col', ...(mark !== undefined && { class: 'step' }) },
    h(
      'span',
      { class: 'head' },
      h('b', {}, etcd),
      ` ${rest.join(' ')}`,
      mark !== undefined && h('span', { class: 'step-text' }, ` ${mark}`),
    ),
  )
}

/** @param {CellRef} ref @param {boolean} step */
function cellOf(ref, step) {
  const { verdict, mark } = codeOf(ref)
  const change = changeOf(ref)
  const notes = [mark, change?.change, isReused(ref) && 'reused'].filter((text) => text)
  const text = [words[verdict], ...notes].join(', ')
  return h(
    'td',
    step ? { class: 'step' } : {},
    verdict === 'missing'
      ? h('span', { class: `at ${verdict}`, title: text }, h('span', { class: 'unseen' }, text))
      : h(
          'a',
          {
            class: `at ${verdict} ${mark} ${change?.worse === true ? 'worse' : ''}`,
            href: cellAddress(ref),
            title: text,
          },
          h('span', { class: 'unseen' }, text),
        ),
  )
}

/** What of the claim is otherwise than in the baseline. @param {number} claim */
function changed(claim) {
  const found = byAge.flatMap((subject) =>
    cellsOf(claim, subject).flatMap((ref) => {
      const change = changeOf(ref)
      return change === undefined ? [] : [{ ref, change }]
    }),
  )
  if (found.length === 0) return undefined
  return part(
    'Since the baseline',
    h(
      'ul',
      {},
      found.map(({ ref, change }) =>
        h(
          'li',
          {},
          h('a', { href: cellAddress(ref) }, subjectAt(ref.subject).name),
          ` ${change.change}${change.worse ? ', worse' : ''}: it was ${change.before}. ${change.why}`,
        ),
      ),
    ),
  )
}

/**
 * A claim on every subject, as a strip from the oldest etcd to the newest.
 * @param {number} claim
 */
export const strip = (claim) =>
  h(
    'span',
    { class: 'strip' },
    byAge.map((subject) => {
      const worst = worstOf(cellsOf(claim, subject))
      if (worst === undefined) return undefined
      const { verdict, mark } = codeOf(worst)
      const text = `${subjectAt(subject).name}: ${[words[verdict], mark].join(' ').trim()}`
      return h(
        'a',
        { class: `at ${verdict} ${mark}`, href: cellAddress(worst), title: text },
        h('span', { class: 'unseen' }, text),
      )
    }),
  )
