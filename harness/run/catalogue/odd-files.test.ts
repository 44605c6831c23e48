import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../engine/temporary.ts'
import { loadCatalogue } from './catalogue.ts'

const get = "{ kind: 'http', to: 'm1' }"
const cell = (more: string): string =>
  `{ says: 'a', given: { members: { m1: { options: {} } }, authorities: {}, setup: [] }, when: { kind: 'http', to: 'm1', scheme: 'http', path: '/' }, then: { outcome: 'served' }, ${more} }`
const file = (claims: string, id = 'mine/section'): string =>
  `export default { id: '${id}', heading: 'a', claims: ${claims} }`
const one = (more = ''): string => file(`{ one: ${cell(more)} }`)
const none = "it must export default scenario('page/section', { claims })."

test.each([
  ['has an id of dots', file('{ one: 1 }', '../..'), none],
  ['has nothing for claims', file('null'), none],
  ['has a list for claims', file('[]'), none],
  ['has no claim', file('{}'), 'it declares no claim.'],
  [
    'cannot be looked at',
    "export default { id: 'mine/a', get claims() { throw new Error('mine') } }",
    'what it exports cannot be read: mine.',
  ],
  [
    'has more cells than anybody can play',
    file("{ one: { says: 'a', axes: { a: Array(101).fill('a'), b: Array(100).fill('b') } } }"),
    'mine/section/one: its axes make 10100 cells, more than 10000.',
  ],
  [
    'asks for a text that is in everything',
    one("then: { outcome: 'served', contains: ['a', ''] }"),
    'mine/section/one: `then.contains` has an empty text, which is in everything.',
  ],
  [
    'asks for a line that is in everything',
    one("when: { kind: 'start', of: 'm1' }, then: { outcome: 'started', logs: [''] }"),
    'mine/section/one: `then.logs` has an empty text, which is in everything.',
  ],
  [
    'has its probe as its control',
    one(
      `when: ${get}, then: { outcome: 'refused', by: 'm1' }, because: { reason: 'expired' }, unlike: ${get}`,
    ),
    'mine/section/one: `unlike` is the same as `when`; it has to differ in one thing.',
  ],
  [
    'ends the process',
    'process.exit(0)',
    'it ends the process, with status 0; a scenario file only declares.',
  ],
  [
    'waits for what never comes',
    'await new Promise(() => undefined)',
    'it waits for what never comes; a scenario file only declares.',
  ],
  [
    'leaves a promise behind that fails',
    `void Promise.reject(new Error('mine'))\n${one()}`,
    'it fails beside its loading: mine',
  ],
])('a file that %s is told', async (_, text, said) => {
  await using folder = await temporaryFolder('odd')
  const path = join(folder.path, 'a.scenario.ts')
  await writeFile(path, text)
  await expect(loadCatalogue([path])).rejects.toMatchObject({
    code: 'broken-scenario',
    exit: 2,
    message: expect.stringContaining(said) as string,
  })
})
