import { h, part, folded } from './dom.js'
/** @import { Sequence, DrawnStep } from '../sequence/sequence.ts' */
/** @typedef {Sequence['phases'][number]} Phase */

const namespace = 'http://www.w3.org/2000/svg'
/** Between two actors, in the picture's own units; a letter is about 6.9 of them wide. */
const lane = 230
const letter = 6.9
const line = 15
const head = 34

/**
 * @param {string} tag
 * @param {Readonly<Record<string, string | number>>} properties
 * @param {readonly (Node | string)[]} children
 */
function s(tag, properties, children = []) {
  const element = document.createElementNS(namespace, tag)
  for (const [name, value] of Object.entries(properties)) element.setAttribute(name, String(value))
  element.append(...children)
  return element
}

/**
 * Who spoke with whom, drawn, and the same in words.
 * @param {Sequence | undefined} sequence
 */
export function sequencePart(sequence) {
  if (sequence === undefined) return undefined
  const { actors, phases } = sequence
  return part(
    'Sequence',
    h(
      'figure',
      { class: 'sequence', tabindex: '0', role: 'group', 'aria-label': 'Sequence, drawn; in words below' },
      phases.map((phase) => picture(actors, phase)),
    ),
    folded('The sequence in words', inWords(sequence)),
  )
}

/** @param {Sequence} sequence */
const inWords = ({ actors, phases }) =>
  phases.map(({ title, what, steps }) => [
    h('h4', {}, title),
    h('p', { class: 'muted' }, what),
    h(
      'ol',
      {},
      steps.map(({ from, to, text, tone }) =>
        h(
          'li',
          tone === 'no' ? { class: 'no' } : {},
          from === to ? `${actors[from]}: ${text}` : `${actors[from]} → ${actors[to]}: ${text}`,
        ),
      ),
    ),
  ])

/**
 * One phase, with the actors above it: a long sequence is cut between phases only, on paper and on the screen.
 * @param {readonly string[]} actors
 * @param {Phase} phase
 */
function picture(actors, { title, what, steps }) {
  const width = Math.max(actors.length, 2) * lane
  const band = bandOf(title, what, width)
  let y = band.height + head + 8
  const drawn = steps.map((step) => {
    const { element, height } = step.from === step.to ? note(step, y, width) : arrow(step, y)
    y += height
    return element
  })
  const lifelines = actors.map((name, at) => actor(name, at, band.height, y))
  return s(
    'svg',
    { viewBox: `0 0 ${width} ${y + 8}`, width, height: y + 8, 'aria-hidden': 'true', focusable: 'false' },
    [band.element, ...lifelines, ...drawn],
  )
}

/** @param {number} at */
const middle = (at) => at * lane + lane / 2

/** @param {string} name @param {number} at @param {number} top @param {number} bottom */
const actor = (name, at, top, bottom) =>
  s('g', { class: 'actor' }, [
    s('line', { x1: middle(at), x2: middle(at), y1: top + head, y2: bottom }),
    s('rect', { x: middle(at) - 95, y: top + 4, width: 190, height: head - 6, rx: 7 }),
    ...texts([cut(name, 27)], middle(at), top + head / 2 + 6),
  ])

/** @param {string} title @param {string} what @param {number} width */
function bandOf(title, what, width) {
  const lines = wrapped(`${title} — ${what}`, Math.floor((width - 24) / letter))
  const height = lines.length * line + 10
  const element = s('g', { class: 'phase' }, [
    s('rect', { x: 0, y: 4, width, height, rx: 5 }),
    ...texts(lines, 12, 20, 'start'),
  ])
  return { element, height: height + 8 }
}

/** @param {DrawnStep} step @param {number} y */
function arrow({ from, to, text, tone }, y) {
  const [left, right] = [Math.min(from, to), Math.max(from, to)]
  const lines = wrapped(text, Math.floor(((right - left) * lane - 16) / letter))
  const at = y + lines.length * line + 4
  const end = to > from ? -1 : 1
  const tip = `${middle(to)},${at} ${middle(to) + end * 9},${at - 4.5} ${middle(to) + end * 9},${at + 4.5}`
  const element = s('g', { class: `arrow ${tone ?? ''}` }, [
    ...texts(lines, (middle(left) + middle(right)) / 2, y + 11),
    s('line', { x1: middle(from), x2: middle(to), y1: at, y2: at }),
    s('polygon', { points: tip }),
  ])
  return { element, height: lines.length * line + 14 }
}

/** @param {DrawnStep} step @param {number} y @param {number} width */
function note({ from, text, tone }, y, width) {
  const sign = tone === 'no' ? '✘ ' : tone === 'yes' ? '✔ ' : ''
  const lines = wrapped(sign + text, 44)
  const long = Math.max(...lines.map(({ length }) => length)) * letter + 28
  const x = Math.min(Math.max(middle(from) - long / 2, 2), width - long - 2)
  const height = lines.length * line + 8
  const element = s('g', { class: `note ${tone ?? ''}` }, [
    s('rect', { x, y: y + 2, width: long, height, rx: 4 }),
    ...texts(lines, x + long / 2, y + 17),
  ])
  return { element, height: height + 8 }
}

/** @param {readonly string[]} lines @param {number} x @param {number} y */
const texts = (lines, x, y, anchor = 'middle') =>
  lines.map((text, n) => s('text', { x, y: y + n * line, 'text-anchor': anchor }, [text]))

/** @param {string} text @param {number} most */
const cut = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

const mostLines = 4
/** Lines of at most so many letters; what is longer is told in full in words. @param {string} text @param {number} most */
function wrapped(text, most) {
  const lines = ['']
  for (const word of text.split(' ').flatMap((one) => pieces(one, most))) {
    const last = lines.at(-1) ?? ''
    if (last === '' || last.length + 1 + word.length <= most)
      lines[lines.length - 1] = `${last} ${word}`.trim()
    else lines.push(word)
  }
  return lines.length <= mostLines
    ? lines
    : [...lines.slice(0, mostLines - 1), `${cut(lines[mostLines - 1] ?? '', most - 1)}…`]
}

/** @param {string} word @param {number} most */
const pieces = (word, most) => word.match(new RegExp(`[^]{1,${most}}`, 'gu')) ?? ['']
