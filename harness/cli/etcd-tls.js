#!/usr/bin/env node
// What npm puts on the path. Any Node that npm runs on reads this file; etcd-tls itself needs the one that comes with it.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
// The checkout runs its TypeScript; a package has JavaScript, since Node strips no types below node_modules.
const source = join(root, 'harness/cli/main.ts')
const main = existsSync(source) ? source : join(root, 'dist/harness/cli/main.js')
const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

if (isEnough(process.versions.node, engines.node)) {
  process.argv[1] = main
  await import(pathToFileURL(main).href)
} else runWith(ownNode())

/** @param {string} version @param {string} range `>=22.22` */
function isEnough(version, range) {
  const [major, minor] = version.split('.').map(Number)
  const [least, leastMinor] = range.replace('>=', '').split('.').map(Number)
  return major > least || (major === least && minor >= leastMinor)
}

/** The Node that was installed as an optional dependency. */
function ownNode() {
  try {
    return createRequire(import.meta.url).resolve(`node-${process.platform}-${process.arch}/bin/node`)
  } catch {
    return undefined
  }
}

function runWith(node) {
  if (node === undefined) {
    process.stderr.write(
      `etcd-tls: this is Node ${process.versions.node}, and etcd-tls needs ${engines.node}; install that, ` +
        'or install etcd-tls with its optional dependencies.\n',
    )
    process.exitCode = 2
    return
  }
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  // A terminal tells the child itself.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  child.on('exit', (code, signal) => (process.exitCode = code ?? 128 + (signal === 'SIGINT' ? 2 : 15)))
}
