import { h, pairs, block, folded } from './dom.js'
import { certificate } from './world.js'
/** @import { SeenData } from '../page-types.ts' */
/** @import { FormRow } from '../../members-seen.ts' */

/**
 * What members did and what was asked of the DNS.
 * @param {SeenData} seen
 */
export function membersParts({ join, form, dial, dns }) {
  return [
    join && [
      h('h4', {}, 'Who tried to join'),
      pairs(join.pairs),
      join.said.length > 0 && folded(`What ${join.who} said`, block(join.said.join('\n'))),
    ],
    form && formMatrix(form),
    dial && [
      h('h4', {}, 'What the member showed when it dialled'),
      pairs(dial.pairs),
      dial.certificate !== undefined && folded('Certificate it showed', certificate(dial.certificate)),
    ],
    dns && dnsQuestions(dns),
  ]
}

const readSigns = { yes: '✔', no: '✘', own: '·' }
const readWords = { yes: 'read', no: 'not read', own: 'its own' }

/**
 * Members × members: a key written through the one of the row was read through the one of the column.
 * @param {readonly FormRow[]} rows
 */
function formMatrix(rows) {
  const head = ['Written through', 'State', 'Listed', ...rows.map(({ name }) => `read through ${name}`)]
  /** @param {FormRow} row */
  const cells = (row) =>
    row.read.map((what, at) =>
      h(
        'td',
        { class: what, 'data-label': `read through ${rows[at]?.name ?? ''}` },
        h('span', { 'aria-hidden': 'true' }, readSigns[what]),
        h('span', { class: 'unseen' }, readWords[what]),
      ),
    )
  return h(
    'table',
    { class: 'checks formed' },
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        head.map((title) => h('th', { scope: 'col' }, title)),
      ),
    ),
    h(
      'tbody',
      {},
      rows.map((row) =>
        h(
          'tr',
          {},
          h('th', { scope: 'row' }, row.name),
          h('td', { 'data-label': 'state' }, row.state),
          h('td', { 'data-label': 'listed' }, row.listed),
          cells(row),
        ),
      ),
    ),
  )
}

/** @param {NonNullable<SeenData['dns']>} dns */
function dnsQuestions(dns) {
  if (dns.length === 0) return h('p', { class: 'muted' }, 'Nothing was asked of the world’s DNS.')
  return [
    h('h4', {}, 'What was asked of the world’s DNS, in this order'),
    h(
      'ol',
      { class: 'dns' },
      dns.map(({ type, name, rcode, from }) =>
        h(
          'li',
          {},
          h('code', {}, `${type} ${name}`),
          ` ${rcode === '-' ? 'no answer' : rcode}`,
          h('span', { class: 'muted' }, ` asked by ${from}`),
        ),
      ),
    ),
  ]
}
