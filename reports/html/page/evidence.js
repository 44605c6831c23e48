import { h, part, block } from './dom.js'
import { optionsPart, zonePart, certificatesPart } from './world.js'
import { duration, observation } from './observation.js'
import { timelinePart } from './timeline.js'
import { sequencePart } from './sequence.js'
/** @import { CellData } from '../page-types.ts' */

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

/**
 * Everything one cell showed on one subject.
 * @param {CellData} cell
 */
export function evidence(cell) {
  const { world } = cell
  return [
    ...notes(cell),
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
    sequencePart(cell.sequence),
    timelinePart(cell),
    checksPart(cell),
    part('See it by hand', cell.byHand.length > 0 && block(cell.byHand.join('\n'), 'command')),
    observation('Probe', cell.probe),
    observation('Control: differs in one thing', cell.control),
    observation('The probe once more: a refusal stays one', cell.again),
    observation('Without the guard', cell.without),
    optionsPart(world),
    zonePart(world),
    certificatesPart(world),
    part('Last lines of the member’s log', cell.log !== undefined && block(cell.log.join('\n'))),
    part(
      'Health before and after',
      cell.health !== undefined && cell.health.length > 0 && block(cell.health.join('\n')),
    ),
    evidenceFolder(cell),
  ].filter((child) => child !== undefined)
}

/**
 * @param {string} title
 * @param {string} text
 */
const side = (title, text) =>
  text === '' ? undefined : h('section', { class: 'side' }, h('h3', {}, title), h('p', {}, text))

/** @param {CellData} cell */
function notes({ notApplicable, declared, declaredEvidence, standing, reused }) {
  const texts = []
  if (notApplicable !== undefined)
    texts.push(h('p', { class: 'callout' }, `Not applicable: ${notApplicable}`))
  if (reused !== undefined)
    texts.push(
      h(
        'p',
        { class: 'callout quiet' },
        `Reused: not played in this run, but in run ${reused.run} of ${reused.started}. Nothing that the verdict depends on has changed since.`,
      ),
    )
  if (declared !== undefined) {
    texts.push(
      h(
        'p',
        { class: `callout ${standing === 'stale' ? 'bad' : ''}` },
        `${declared.charAt(0).toUpperCase()}${declared.slice(1)}`,
        declaredEvidence !== undefined &&
          h('span', { class: 'muted' }, ` (evidence to be seen: ${declaredEvidence})`),
      ),
    )
  }
  return texts
}

/** @param {CellData} cell */
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
  const titles = ['Question', 'Expected', 'Seen'].map((title) => h('th', { scope: 'col' }, title))
  return part(
    'Checks',
    rightly !== undefined && h('p', { class: 'rightly' }, rightly),
    h('table', { class: 'checks of-cell' }, h('thead', {}, h('tr', {}, titles)), h('tbody', {}, rows)),
  )
}

/**
 * A link only where it is a plain path below the run's folder.
 * @param {CellData} cell
 */
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
