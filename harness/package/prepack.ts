import { cp, mkdir, readFile, rm, writeFile, glob } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { execa } from 'execa'
import packageFile from '../../package.json' with { type: 'json' }
import { assets } from './assets.ts'

/**
 * Makes `dist/`, the part of a package that is not in the checkout: Node strips no types below node_modules.
 * The folder has the checkout's shape, so that every path from one file to another stays as it is.
 */
const root = resolve(import.meta.dirname, '../..')
const dist = join(root, 'dist')

await rm(dist, { recursive: true, force: true })
const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')
await Promise.all(
  ['tsconfig.json', 'types.tsconfig.json'].map((project) =>
    execa(process.execPath, [compiler, '-p', join(import.meta.dirname, project)], { stdio: 'inherit' }),
  ),
)

// The compiler rewrites the imports of what runs only.
for await (const file of glob('**/*.d.ts', { cwd: dist })) {
  const path = join(dist, file)
  const text = await readFile(path, 'utf8')
  await writeFile(path, text.replaceAll(/(?<=from '\.[^']*)\.ts(?=')/g, '.js'))
}

for (const file of await assets(root)) {
  await mkdir(dirname(join(dist, file)), { recursive: true })
  await cp(join(root, file), join(dist, file))
}

const { name, version, description, type } = packageFile
const exports = { './scenario': './harness/scenario/index.js' }
const inner = { name, version, description, type, exports }
await writeFile(join(dist, 'package.json'), `${JSON.stringify(inner, null, 2)}\n`)
