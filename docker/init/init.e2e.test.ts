import { readdir } from 'node:fs/promises'
import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { findGo } from '../../harness/subject/go.ts'
import { sources } from './recipe.ts'

const folder = import.meta.dirname

test('the tests of the init that are written in Go', async () => {
  const go = await findGo(folder, new AbortController().signal)
  const said = await go.run(['test', '-count=1', '.'], { folder, toolchain: 'local' })
  expect(said).toMatch(/^ok\s/)
})

test('a change to any file of it makes a new init', async () => {
  const own = (await readdir(folder)).filter((name) => /^go\.mod$|(?<!_test)\.go$/.test(name))
  expect(sources.map((path) => basename(path)).toSorted()).toEqual(own.toSorted())
})
