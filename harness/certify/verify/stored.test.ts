import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBundle } from '../archive-read.ts'
import type { Bundle } from '../bundle.ts'
import { files } from '../layout.ts'
import { miniProfile } from '../testing/mini.ts'
import { Copy, known, storedBundle, storedCatalogue, verifyStored } from '../testing/stored.ts'
import { verifyBundle } from './verify.ts'

describe('a bundle of version 1', () => {
  test('is still verified, archive and all', async () => {
    const { findings, signed, exit, certificate } = await verifyStored(storedBundle)
    expect(findings.problems).toEqual([])
    // A claim that changes one day is named, and is no lie.
    expect([...findings.changed, ...findings.notes].length + findings.judged).toBeGreaterThanOrEqual(8)
    expect(exit).toBe(findings.changed.length > 0 ? 3 : 0)
    expect(certificate?.outcome.certified).toBe(true)
    expect(certificate?.tool.catalogue).toBe(storedCatalogue)
    expect(signed).toMatchObject({ trusted: false })
    expect(findings.notes.join()).toContain("The key is the bundle's own word")
  })

  test('is small, and holds no path of the machine that made it', async () => {
    expect((await readFile(storedBundle)).length).toBeLessThan(300_000)
    await using bundle = await openBundle(storedBundle)
    for (const path of bundle.paths)
      expect((await bundle.read(path)).toString('latin1'), path).not.toMatch(/\/(home|root|work|tmp\/w)\//)
  })

  test('of a catalogue that was never released lacks what came since', async () => {
    const all = await miniProfile()
    const [first, ...rest] = all.cells
    const more = { ...all, cells: [...all.cells, { ...first, cellId: 'security/https/new' } as never] }
    const against = async (today: typeof all, releases: typeof known | object) => {
      await using bundle = await openBundle(storedBundle)
      const { findings, exit } = await verifyBundle(bundle, 'b', {
        profile: () => today,
        known: releases as typeof known,
      })
      return { exit, ...findings }
    }
    expect(await against(more, {})).toMatchObject({
      exit: 1,
      problems: ['security/https/new: it is missing from the profile mini'],
    })
    const released = await against(more, known)
    expect(released).toMatchObject({ exit: 0, problems: [] })
    expect(released.notes).toContain('security/https/new came since.')
    const gone = await against({ ...all, cells: rest }, known)
    expect(gone).toMatchObject({
      exit: 3,
      changed: [`${first?.cellId ?? ''}: the claim was taken out since`],
    })
    expect(await against({ ...all, cells: rest }, {})).toMatchObject({ exit: 1 })
  })
})

describe('one byte that is changed', () => {
  let copy: Copy
  let bundle: Bundle
  beforeAll(async () => {
    copy = await Copy.unpack()
    bundle = await openBundle(copy.folder.path)
  })
  afterAll(() => copy[Symbol.asyncDispose]())

  test('is named, in whichever file and wherever', async () => {
    const mini = await miniProfile()
    for (const path of bundle.paths) {
      const bytes = await bundle.read(path)
      const at = Math.floor(bytes.length * 0.4)
      // An empty file gets one.
      const flipped = Buffer.from(bytes.length === 0 ? ' ' : bytes)
      flipped[at] = (flipped[at] ?? 0) ^ 1
      const other = {
        ...bundle,
        read: (one: string) => (one === path ? Promise.resolve(flipped) : bundle.read(one)),
      }
      const { exit, findings } = await verifyBundle(other, 'b', { profile: () => mini, known })
      expect(exit, path).toBe(1)
      expect(findings.problems.join('\n'), path).toContain(
        path === files.signature ? files.signature : 'anifest',
      )
      if (path !== files.manifest)
        expect(
          findings.problems.some((text) => text.startsWith(path)),
          path,
        ).toBe(true)
    }
  }, 120_000)

  test('as is a file that is taken away', async () => {
    for (const path of bundle.paths.filter((one) => one !== files.manifest)) {
      const other = { ...bundle, paths: bundle.paths.filter((one) => one !== path) }
      other.read = (one) => (one === path ? Promise.reject(new Error('gone')) : bundle.read(one))
      const { exit, findings } = await verifyBundle(other, 'b', { profile: () => undefined, known })
      if (path === files.signature) expect(findings.notes.join()).toContain('is not signed')
      else
        expect(
          { exit, said: findings.problems.some((text) => text.startsWith(`${path}: it is missing`)) },
          path,
        ).toEqual({ exit: 1, said: true })
    }
  })
})
