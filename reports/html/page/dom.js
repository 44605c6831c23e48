/* global document */

/** What is there to be shown: conditions that were not met leave false or undefined behind. */
const told = (children) =>
  children
    .flat(Infinity)
    .filter((child) => child !== undefined && child !== null && child !== false && child !== '')

/** An element with text or elements in it. Text is only ever text: nothing here reads markup. */
export function h(tag, properties, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (name === 'class') element.className = value
    else element.setAttribute(name, value)
  }
  element.append(...told(children))
  return element
}

export const signs = { pass: '✔', drift: '≈', fail: '✘', inconclusive: '?', 'not-applicable': '–' }
export const words = {
  pass: 'pass',
  drift: 'drift',
  fail: 'fail',
  inconclusive: 'inconclusive',
  'not-applicable': 'not applicable',
}
const marks = { 'as-declared': 'known', stale: 'stale' }

/** A verdict as the matrix shows it. */
export function badge(cell) {
  const mark = marks[cell.standing]
  return h(
    'span',
    { class: `verdict ${cell.verdict} ${marks[cell.standing] ?? ''}` },
    h('span', { class: 'sign', 'aria-hidden': 'true' }, signs[cell.verdict]),
    ' ',
    h('span', { class: 'word' }, words[cell.verdict]),
    mark && h('span', { class: 'mark' }, mark),
  )
}

/** A part of the panel; nothing when there is nothing in it. */
export function part(title, ...children) {
  const inside = told(children)
  return inside.length === 0 ? undefined : h('section', { class: 'part' }, h('h3', {}, title), ...inside)
}

/** Pairs of term and value; pairs without a value are left out. */
export function pairs(entries) {
  const given = entries.filter(([, value]) => value !== undefined && value !== null && value !== '')
  return given.length === 0
    ? undefined
    : h(
        'dl',
        { class: 'pairs' },
        given.flatMap(([term, value]) => [h('dt', {}, term), h('dd', {}, value)]),
      )
}

/** Preformatted text: commands, log lines, files. */
export const block = (text, kind = '') =>
  text === '' ? undefined : h('pre', { class: kind, tabindex: '0' }, text)

export const folded = (title, ...children) =>
  h('details', { class: 'folded' }, h('summary', {}, title), ...children)
