/** @import { Child } from './child.d.ts' */

/**
 * What is there to be shown: conditions that were not met leave false or undefined behind.
 * @param {readonly Child[]} children
 * @returns {(Node | string)[]}
 */
const told = (children) =>
  children.flatMap((child) => {
    if (Array.isArray(child)) return told(child)
    if (child === undefined || child === null || child === false || child === '') return []
    return child instanceof Node ? child : String(child)
  })

/**
 * An element with text or elements in it. Text is only ever text: nothing here reads markup.
 * @param {string} tag
 * @param {Readonly<Record<string, string>>} properties
 * @param {...Child} children
 * @returns {HTMLElement}
 */
export function h(tag, properties, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) element.setAttribute(name, value)
  element.append(...told(children))
  return element
}

/**
 * The element with this id.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const element = document.getElementById(id)
  if (element === null) throw new Error(`there is no element ${id}`)
  return element
}

/** @type {Readonly<Record<string, string>>} */
export const words = {
  pass: 'pass',
  drift: 'drift',
  fail: 'fail',
  inconclusive: 'inconclusive',
  'not-applicable': 'not applicable',
  missing: 'no result',
}

/**
 * A verdict as the matrix shows it.
 * @param {string} verdict
 * @param {string} mark
 */
export const badge = (verdict, mark) =>
  h('span', { class: `verdict ${verdict} ${mark}` }, words[verdict], mark !== '' && [' ', h('i', {}, mark)])

/**
 * A part of the panel; nothing when there is nothing in it.
 * @param {string} title
 * @param {...Child} children
 */
export function part(title, ...children) {
  const inside = told(children)
  return inside.length === 0 ? undefined : h('section', { class: 'part' }, h('h3', {}, title), inside)
}

/**
 * Pairs of term and value; pairs without a value are left out.
 * @param {readonly (readonly [string, Child])[]} entries
 */
export function pairs(entries) {
  const given = entries.filter(
    ([, value]) => value !== undefined && value !== null && value !== '' && value !== false,
  )
  return given.length === 0
    ? undefined
    : h(
        'dl',
        { class: 'pairs' },
        given.flatMap(([term, value]) => [h('dt', {}, term), h('dd', {}, value)]),
      )
}

/**
 * Preformatted text: commands, log lines, files.
 * @param {string} text
 */
export const block = (text, kind = '') =>
  text === '' ? undefined : h('pre', { class: kind, tabindex: '0' }, text)

/**
 * @param {string} title
 * @param {...Child} children
 */
export const folded = (title, ...children) =>
  h('details', { class: 'folded' }, h('summary', {}, title), children)
