/* global URLSearchParams */
import { h, signs, words, part, block } from './dom.js'
import { optionsPart, zonePart, certificatesPart } from './world.js'
import { duration, observation } from './observation.js'
import { timelinePart } from './timeline.js'

const questions = {
  health: 'etcd was healthy',
  setup: 'the world was set up',
  control: 'the control',
  then: 'what is promised',
  because: 'the right reason',
  without: 'without the guard',
  printed: 'what the page prints',
  declared: 'what was declared',
}

/** Everything one cell showed on one subject. */
export function evidence(cell, data) {
  const world = cell.world === undefined ? undefined : data.worlds[cell.world]
  return [
    notes(cell),
    h('div', { class: 'sides' }, side('Promised', cell.promised), side('Seen', cell.seen)),
    part(
      'Why',
      cell.why.length > 0 &&
        h(
          'ul',
          { class: 'why' },
          cell.why.map((why) => h('li', {}, why)),
        ),
    ),
    timelinePart(cell, data),
    checksPart(cell),
    part('See it by hand', cell.byHand.length > 0 && block(cell.byHand.join('\n'), 'command')),
    observation('Probe', cell.probe, data),
    observation('Control: differs in one thing', cell.control, data),
    observation('The probe once more: a refusal stays one', cell.again, data),
    observation('Without the guard', cell.without, data),
    optionsPart(world),
    zonePart(world),
    certificatesPart(world, data),
    part(
      'Last lines of the member’s log',
      cell.log !== undefined && block(cell.log.map((line) => data.lines[line]).join('\n')),
    ),
    part('Health before and after', cell.health?.length > 0 && block(cell.health.join('\n'))),
    evidenceFolder(cell),
  ]
    .flat()
    .filter((child) => child !== undefined)
}

const side = (title, text) =>
  text === '' ? undefined : h('section', { class: 'side' }, h('h3', {}, title), h('p', {}, text))

function notes(cell) {
  const texts = []
  if (cell.notApplicable !== undefined)
    texts.push(h('p', { class: 'callout' }, `Not applicable: ${cell.notApplicable}`))
  if (cell.declared !== undefined) {
    texts.push(
      h(
        'p',
        { class: `callout ${cell.standing === 'stale' ? 'bad' : ''}` },
        `${cell.declared[0].toUpperCase()}${cell.declared.slice(1)}`,
        cell.declaredEvidence &&
          h('span', { class: 'muted' }, ` (evidence to be seen: ${cell.declaredEvidence})`),
      ),
    )
  }
  return texts
}

function checksPart({ checks, rightly }) {
  if (checks.length === 0) return undefined
  const rows = checks.map(({ question, expected, seen, met }) =>
    h(
      'tr',
      { class: met ? 'met' : 'unmet' },
      h(
        'th',
        { scope: 'row' },
        h('span', { class: 'tick', 'aria-hidden': 'true' }, met ? '✔' : '✘'),
        h('span', { class: 'unseen' }, met ? 'met: ' : 'not met: '),
        ' ',
        questions[question],
      ),
      h('td', { 'data-label': 'expected' }, expected),
      h('td', { 'data-label': 'seen' }, seen),
    ),
  )
  const head = h(
    'thead',
    {},
    h(
      'tr',
      {},
      ['Question', 'Expected', 'Seen'].map((title) => h('th', { scope: 'col' }, title)),
    ),
  )
  return part(
    'Checks',
    rightly && h('p', { class: 'rightly' }, rightly),
    h('table', { class: 'checks of-cell' }, head, h('tbody', {}, rows)),
  )
}

/** A link only where it is a plain path below the run's folder. */
function evidenceFolder({ evidence: folder, milliseconds, notApplicable }) {
  if (notApplicable !== undefined) return undefined
  const plain = folder !== undefined && /^(?!\/)[\w./+=,@-]+$/.test(folder)
  return part(
    'Evidence',
    h(
      'p',
      {},
      folder === undefined
        ? 'No folder was kept for this cell. '
        : plain
          ? h('a', { href: folder }, folder)
          : h('code', {}, folder),
      h('span', { class: 'muted' }, ` judged in ${duration(milliseconds)}`),
    ),
  )
}

/** Links to the other cells of the claim on this subject, and to this cell on the other subjects. */
export function switches(cell, data) {
  const own = data.cells.filter((other) => other.claim === cell.claim && other.subject === cell.subject)
  const others = data.cells.filter((other) => other.cell === cell.cell)
  return h(
    'nav',
    { class: 'switches', 'aria-label': 'Other cells' },
    own.length > 1 &&
      h(
        'div',
        { class: 'switch' },
        own.map((other) => link(other, other.point, other === cell)),
      ),
    others.length > 1 &&
      h(
        'div',
        { class: 'switch' },
        others.map((other) => link(other, other.subject, other === cell)),
      ),
  )
}

const link = (cell, text, current) =>
  h(
    'a',
    { href: addressOf(cell), class: 'chip', ...(current && { 'aria-current': 'true' }) },
    h(
      'b',
      { class: cell.verdict },
      signs[cell.verdict],
      h('span', { class: 'unseen' }, ` ${words[cell.verdict]}: `),
    ),
    ' ',
    text,
  )

/** A cell's own address in the page: to be quoted in an issue. */
export const addressOf = (cell) => `#${new URLSearchParams({ cell: cell.cell, on: cell.subject })}`
