import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Eta } from 'eta'
import type { Comparison } from '../baseline/index.ts'
import { keyOf } from '../results-view.ts'
import type { Results } from '../schema.ts'
import { cellData } from './cell-data.ts'
import { coverageModel } from './coverage-model.ts'
import { escapeFunction, policy } from './escape.ts'
import { indexData, scriptJson } from './index-data.ts'
import { inlined } from './inline.ts'
import { packer, type Block } from './pack.ts'
import { pageModel } from './page-model.ts'

const page = (name: string): string => readFileSync(join(import.meta.dirname, 'page', name), 'utf8')
const styles = [
  'colors.css',
  'layout.css',
  'summary.css',
  'matrix.css',
  'grid.css',
  'panel.css',
  'history.css',
  'promises.css',
  'sequence.css',
  'timeline.css',
  'print.css',
]
const templates = [
  'coverage',
  'exercised',
  'header',
  'help',
  'summary',
  'subjects',
  'toolbar',
  'matrix',
  'panel',
  'steps',
]

function renderer(): Eta {
  const eta = new Eta({ autoEscape: true, escapeFunction, cache: true })
  for (const name of templates) eta.loadTemplate(`@${name}`, page(`${name}.eta`))
  return eta
}

/**
 * The whole report as one file without outside assets, piece by piece: what is read first, then the evidence of each
 * cell, packed. Only one cell and one block are held at a time.
 */
export function* htmlPieces(results: Results, comparison?: Comparison): Generator<string> {
  const style = `\n${styles.map(page).join('\n')}\n:root { --subjects: ${String(results.subjects.length)}; }\n`
  const script = `\n${inlined('main', (name) => page(`${name}.js`))}`
  yield renderer().renderString(page('page.eta'), {
    ...{ style, script, policy: policy(style, script), json: scriptJson(indexData(results, comparison)) },
    ...pageModel(results, comparison),
    coverage: coverageModel(results),
  })
  yield* evidencePieces(results)
  yield '</body>\n</html>\n'
}

/** The same as one text. */
export const html = (results: Results, comparison?: Comparison): string =>
  [...htmlPieces(results, comparison)].join('')

/** A record's key is the place of its subject and of its cell, as the index has them: `0.12`. */
function* evidencePieces({ subjects, claims, results }: Results): Generator<string> {
  const cells = claims.flatMap((claim) => claim.cells.map(({ id }) => id))
  const keys = new Map(
    subjects.flatMap(({ name }, at) =>
      cells.map((cell, n) => [keyOf(name, cell), `${String(at)}.${String(n)}`]),
    ),
  )
  const packing = packer()
  for (const result of results) {
    const key = keys.get(keyOf(result.subject, result.cell))
    if (key !== undefined) for (const block of packing.add(key, cellData(result))) yield blockHtml(block)
  }
  for (const block of packing.end()) yield blockHtml(block)
}

/** Base64 cannot end the element it stands in. */
const blockHtml = (block: Block): string =>
  block.kind === 'texts'
    ? `<script type="application/octet-stream" class="texts" data-first="${String(block.first)}">${block.packed}</script>\n`
    : `<script type="application/octet-stream" class="records" data-keys="${block.keys.join(' ')}">${block.packed}</script>\n`
