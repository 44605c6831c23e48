import { registerHooks } from 'node:module'
import { extname, join, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ownFolder } from '../../own-folder.ts'

const vocabulary = pathToFileURL(
  join(import.meta.dirname, `../../scenario/index${extname(import.meta.filename)}`),
).href

/**
 * Makes this thread find `etcd-tls/scenario` from wherever a scenario file lies, always the vocabulary that runs:
 * Node finds a package by its name from inside of it and in a `node_modules` above the file, and elsewhere not.
 * What a user writes is an ES module whatever the package.json above it says (npm writes `"type": "commonjs"`).
 */
export function teachVocabulary(): void {
  if (taught) return
  taught = true
  registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier === 'etcd-tls/scenario' ? vocabulary : specifier, context)
      const format = formatOf(found.url)
      return format === undefined ? found : { ...found, format }
    },
  })
}
let taught = false

function formatOf(url: string): 'module-typescript' | 'module' | undefined {
  const path = url.startsWith('file:') ? fileURLToPath(url.split('?', 1)[0] ?? url) : ''
  if (!/\.ts$|\.scenario\.js$/.test(path)) return undefined
  if (path.startsWith(ownFolder + sep) || path.includes(`${sep}node_modules${sep}`)) return undefined
  return path.endsWith('.ts') ? 'module-typescript' : 'module'
}
