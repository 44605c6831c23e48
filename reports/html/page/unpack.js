import { keyOf } from './index.js'
/** @import { CellData, CellRef } from '../page-types.ts' */

/** As pack.ts has them: what begins a string that stands for a text, or for a value, kept elsewhere. */
const textMark = '\u0001'
const valueMark = '\u0002'

/** Blocks that were opened last: reading from cell to cell opens the same ones again and again. */
const opened = new Map()
const mostOpened = 24

/**
 * A block's list. It is read from its element, and made of data only: no markup comes of it.
 * @param {Element} element
 * @returns {Promise<unknown[]>}
 */
function listOf(element) {
  const known = opened.get(element)
  if (known !== undefined) return known
  const list = inflated(element.textContent ?? '').then((text) => JSON.parse(text))
  opened.set(element, list)
  if (opened.size > mostOpened) opened.delete(opened.keys().next().value)
  return list
}

/** @param {string} packed */
function inflated(packed) {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  return new Response(stream).text()
}

/** The evidence is at the end of the file: a large one is still being read while its matrix is shown. */
const complete = () =>
  document.readyState === 'loading'
    ? new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve, { once: true }))
    : undefined

/** Where each record is, and the text blocks with the number of their first text. */
/** @type {{ records: Map<string, { element: Element, n: number }>, texts: { element: Element, first: number }[] } | undefined} */
let places
async function blocks() {
  await complete()
  places ??= {
    records: new Map(
      [...document.querySelectorAll('script.records')].flatMap((element) =>
        (element.getAttribute('data-keys') ?? '').split(' ').map((key, n) => [key, { element, n }]),
      ),
    ),
    texts: [...document.querySelectorAll('script.texts')].map((element) => ({
      element,
      first: Number(element.getAttribute('data-first')),
    })),
  }
  return places
}

/**
 * The evidence of a cell; undefined where it has none.
 * @param {CellRef} ref
 * @returns {Promise<CellData | undefined>}
 */
export async function evidenceOf(ref) {
  const { records } = await blocks()
  const place = records.get(keyOf(ref))
  if (place === undefined) return undefined
  const list = await listOf(place.element)
  return await whole(list[place.n])
}

/**
 * A value with what is kept elsewhere put in its place.
 * @param {unknown} value
 * @returns {Promise<any>}
 */
async function whole(value) {
  if (typeof value === 'string') {
    if (value.startsWith(textMark)) return await textAt(value)
    if (value.startsWith(valueMark)) return await whole(JSON.parse(await textAt(value)))
    return value
  }
  if (Array.isArray(value)) return await Promise.all(value.map(whole))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(async ([name, one]) => [name, await whole(one)])
  return Object.fromEntries(await Promise.all(entries))
}

/** @param {string} mark @returns {Promise<string>} */
async function textAt(mark) {
  const { texts } = await blocks()
  const number = parseInt(mark.slice(1), 36)
  const place = texts.findLast(({ first }) => first <= number)
  if (place === undefined) throw new Error(`text ${number} is not in this file`)
  const list = await listOf(place.element)
  return String(list[number - place.first])
}
