import { h, part, folded } from './dom.js'
import { observation } from './observation.js'
/** @import { CellData, TimelineData } from '../page-types.ts' */
/** @typedef {TimelineData['rows'][number]} Row */

const tones = 6

/**
 * A certificate as a coloured letter: the letter alone says which one it is.
 * @param {string} mark
 * @param {string} what
 */
const badgeOf = (mark, what) =>
  h(
    'span',
    { class: `certificate c${mark.charCodeAt(0) % tones}` },
    h('span', { class: 'unseen' }, `${what} `),
    mark,
  )

/**
 * @param {string} kind
 * @param {string | undefined} mark
 * @param {string} what
 */
const laneOf = (kind, mark, what, on = '') =>
  h('td', { class: `lane ${kind} ${on}` }, mark && badgeOf(mark, what))

/**
 * What happened when: which certificate the files hold, and what each connection was shown.
 * @param {CellData} cell
 */
export function timelinePart({ timeline }) {
  if (timeline === undefined) return undefined
  const { held, rows, certificates } = timeline
  const heads = ['At', 'Files', ...held.map((name) => `Open: ${name}`), 'New', 'What was done']
  return part(
    'Timeline',
    h(
      'div',
      { class: 'timeline-frame', tabindex: '0', role: 'region', 'aria-label': 'Timeline' },
      h(
        'table',
        { class: 'timeline' },
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            heads.map((title) => h('th', { scope: 'col' }, title)),
          ),
        ),
        h('tbody', {}, rows.map(timelineRow)),
      ),
    ),
    h(
      'ul',
      { class: 'legend' },
      certificates.map(({ mark, serial, subject }) =>
        h('li', {}, badgeOf(mark, ''), ` ${subject ?? 'a certificate'}, serial `, h('code', {}, serial)),
      ),
    ),
  )
}

/** @param {Row} row */
function timelineRow(row) {
  const rotated = row.do === 'rotate'
  return h(
    'tr',
    { class: `${row.differs === undefined ? 'met' : 'unmet'} ${row.do}` },
    h('th', { scope: 'row' }, row.at),
    laneOf('files', rotated ? row.mark : undefined, 'the files hold', lineOf(row)),
    row.open.map((state) =>
      laneOf('open', state === 'asked' ? (row.mark ?? '?') : undefined, 'shown', state),
    ),
    laneOf('new', row.do === 'connect' ? (row.mark ?? '–') : undefined, 'shown'),
    h('td', { class: 'done' }, doneAt(row)),
  )
}

/**
 * The colour of the certificate that lies there.
 * @param {Row} row
 */
const lineOf = ({ files }) => (files === undefined ? 'line' : `line c${files.charCodeAt(0) % tones}`)

/** @param {Row} row */
const doneAt = (row) => [
  h('span', { class: 'tick', 'aria-hidden': 'true' }, row.differs === undefined ? '✔' : '✘'),
  h('span', { class: 'unseen' }, row.differs === undefined ? 'as said: ' : 'not as said: '),
  ` ${row.title}`,
  row.differs && h('p', { class: 'differs' }, row.differs),
  row.seen && folded('What was seen', observation('Connection', row.seen)),
]
