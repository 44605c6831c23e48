import { Parser } from 'htmlparser2'
import { textBlock, type Block } from './block.ts'

/** What a browser shows beside the page itself, and what nobody reads. */
const beside = new Set(
  'script style nav aside footer template noscript svg head form button select iframe object'.split(' '),
)
/** Elements that begin and end a block of text. */
const blocks = new Set(
  'address article blockquote body dd details div dl dt figcaption figure header h1 h2 h3 h4 h5 h6 hr li main ol p pre section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
)

/** Elements within elements; the parser's time grows with the square of it. */
const deepest = 1_000

/**
 * Blocks of a page as a browser saves it. Nothing in it is run or loaded; broken markup is read as it comes. Errors: RangeError for
 * nesting that no page has.
 */
export function readHtml(html: string): Block[] {
  const page = new Collector()
  const parser = new Parser(
    {
      onopentagname: (name) => page.open(name),
      ontext: (text) => page.add(text),
      onclosetag: (name) => page.close(name),
    },
    { decodeEntities: true, lowerCaseTags: true },
  )
  parser.end(html)
  return page.end()
}

/** Collects text until a block ends. Depth is counted, never recursed into. */
class Collector {
  readonly #blocks: Block[] = []
  #text = ''
  #depth = 0
  #hidden = 0
  #pre = 0
  #items = 0
  #heading = 0
  #term = ''

  open(name: string): void {
    if (++this.#depth > deepest)
      throw new RangeError(`more than ${String(deepest)} elements within each other`)
    if (beside.has(name)) this.#hidden++
    if (this.#hidden > 0) return
    if (name === 'br') this.#text += '\n'
    if (!blocks.has(name) || this.#pre > 0) return void (this.#pre += name === 'pre' ? 1 : 0)
    this.#flush()
    if (name === 'pre') this.#pre = 1
    if (name === 'li') this.#items++
    if (/^h[1-6]$/.test(name)) this.#heading++
  }

  add(text: string): void {
    if (this.#hidden === 0) this.#text += text
  }

  close(name: string): void {
    this.#depth--
    if (beside.has(name)) this.#hidden = Math.max(0, this.#hidden - 1)
    else if (this.#hidden === 0 && blocks.has(name) && (this.#pre === 0 || name === 'pre')) this.#end(name)
  }

  end(): Block[] {
    this.#flush()
    return this.#blocks
  }

  #end(name: string): void {
    if (name === 'dt') this.#term = take(this.#text)
    if (name === 'dt') this.#text = ''
    if (name === 'dd') this.#text = `${this.#term}: ${this.#text}`
    this.#flush()
    if (name === 'pre') this.#pre = 0
    if (name === 'li') this.#items = Math.max(0, this.#items - 1)
    if (/^h[1-6]$/.test(name)) this.#heading = Math.max(0, this.#heading - 1)
  }

  #flush(): void {
    const text = this.#text
    this.#text = ''
    if (text.trim() === '') return
    if (this.#pre > 0) this.#blocks.push({ kind: 'code', text: text.trim() })
    else if (this.#heading > 0) this.#blocks.push({ kind: 'heading', text: take(text) })
    else this.#blocks.push(textBlock(this.#items > 0 ? 'item' : 'text', text))
  }
}

const take = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()
