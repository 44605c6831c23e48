import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../engine/temporary.ts'
import { tryOut } from './try-out.ts'

/** Milliseconds that the ones that never end may take here. */
const limit = 3000

test.each([
  ['loops', 'for (;;) {}', { what: 'it does not end its loading within 3 s.' }],
  [
    'keeps itself busy',
    'await new Promise(() => setInterval(() => 0, 1))',
    { what: 'it does not end its loading within 3 s.' },
  ],
  ['throws: that is told by who loads it', "throw new Error('mine')", undefined],
  ['throws nothing', 'throw undefined', undefined],
  ['is good', 'export default 1', undefined],
])('a file that %s', async (_, text, said) => {
  await using folder = await temporaryFolder('tried')
  const file = join(folder.path, 'a.scenario.ts')
  await writeFile(file, text)
  expect(await tryOut(file, limit)).toEqual(said)
})

test('what fails later is told with its place', async () => {
  await using folder = await temporaryFolder('tried')
  const file = join(folder.path, 'a.scenario.ts')
  await writeFile(
    file,
    "setTimeout(() => {\n  throw new Error('late')\n}, 1)\nawait new Promise((done) => setTimeout(done, 999))",
  )
  expect(await tryOut(file)).toEqual({
    what: 'it fails beside its loading: late',
    place: { file, line: 2, column: 9 },
  })
})
