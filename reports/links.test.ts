import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const pages = readdirSync(root).filter((name) => name.endsWith('.md'))

test.each(pages)('every file that %s links to is there', (page) => {
  const targets = [...readFileSync(join(root, page), 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)].map(
    ([, target]) => target,
  )
  expect(targets.filter((target) => !existsSync(join(root, target ?? '')))).toEqual([])
})
