import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Eta } from 'eta'
import type { Comparison } from '../baseline/comparison.ts'
import type { Results } from '../schema.ts'
import { coverageModel } from './coverage-model.ts'
import { escapeFunction, policy } from './escape.ts'
import { pageData, scriptJson } from './page-data.ts'
import { pageModel } from './page-model.ts'

const page = (name: string): string => readFileSync(join(import.meta.dirname, 'page', name), 'utf8')
const styles = ['colors.css', 'layout.css', 'matrix.css', 'panel.css', 'timeline.css']
/** Each after what it imports. */
const scripts = [
  'dom.js',
  'world.js',
  'members.js',
  'observation.js',
  'timeline.js',
  'panel.js',
  'filter.js',
  'main.js',
]
const templates = ['coverage', 'exercised', 'header', 'toolbar', 'matrix', 'panel', 'steps']

function renderer(): Eta {
  const eta = new Eta({ autoEscape: true, escapeFunction, cache: true })
  for (const name of templates) eta.loadTemplate(`@${name}`, page(`${name}.eta`))
  return eta
}

/** A module of the page as a part of its one script: its neighbours are around it already. */
const inlined = (name: string): string =>
  page(name)
    .replaceAll(/^import [^']*'\.\/[\w-]+\.js'\n/gm, '')
    .replaceAll(/^export /gm, '')

/** The whole report as one file without outside assets. */
export function html(results: Results, comparison?: Comparison): string {
  const style = `\n${styles.map(page).join('\n')}`
  const script = `\n(() => {\n'use strict'\n${scripts.map(inlined).join('\n')}})()\n`
  const parts = { style, script, policy: policy(style, script), json: scriptJson(pageData(results)) }
  return renderer().renderString(page('page.eta'), {
    ...parts,
    ...pageModel(results, comparison),
    coverage: coverageModel(results),
  })
}
