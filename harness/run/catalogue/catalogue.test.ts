import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusalReasons } from '../../../fixtures/refusals.ts'
import { etcd, http, over, scenario, served, type Claim } from '../../scenario/index.ts'
import { cellsOf } from './cells.ts'
import { loadCatalogue } from './catalogue.ts'

const given = etcd({ options: {} })
const when = http({ scheme: 'http', path: '/' })
const plain: Claim = { says: 'a', given, when, then: served() }
const section = (claims: Record<string, Claim>) => scenario('page/section', { heading: 'a', claims })

describe('cells', () => {
  test('of a claim without axes are the claim', () => {
    const [cell] = cellsOf(section({ one: plain }))
    expect(cell).toMatchObject({ claimId: 'page/section/one', cellId: 'page/section/one', at: {} })
  })
  test('are all points, with sorted axes, in the order of the file', () => {
    const axes = { tls: ['1.2', '1.3'], host: ['a', 'b'] }
    const cells = cellsOf(
      section({ one: { says: 'a', ...over(axes, () => ({ given, when, then: served() })) } }),
    )
    expect(cells.map(({ cellId }) => cellId)).toEqual([
      'page/section/one:host=a,tls=1.2',
      'page/section/one:host=b,tls=1.2',
      'page/section/one:host=a,tls=1.3',
      'page/section/one:host=b,tls=1.3',
    ])
  })
  test.each([['a b'], ['a,b'], ['a=b'], ['a/b'], ['']])('with the axis value "%s" are none', (value) => {
    const claim = { says: 'a', ...over({ host: [value] }, () => ({ given, when, then: served() })) }
    expect(() => cellsOf(section({ one: claim }))).toThrow(
      `page/section/one: "host=${value}" is no point of \`over\`: an axis and its values are`,
    )
  })
  test.each([['a b'], ['../escape'], ['a:b'], [''], ['-a'], ['.'], ['A'], ['a_b'], ['constructor ']])(
    'of a claim called "%s" are none',
    (slug) => {
      expect(() => cellsOf(section({ [slug]: plain }))).toThrow('a slug has letters')
    },
  )
})

describe('a scenario file', () => {
  let folder: string
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'etcd-tls-test-'))))
  afterAll(() => rm(folder, { recursive: true, force: true }))

  let count = 0
  const written = async (text: string): Promise<string> => {
    const file = join(folder, `${String(count++)}.scenario.ts`)
    await writeFile(file, text)
    return file
  }
  const cell = (more = '') =>
    `{ says: 'a', given: { members: { m1: { options: {} } }, authorities: {}, setup: [] }, when: { kind: 'http', to: 'm1', scheme: 'http', path: '/' }, then: { outcome: 'served' }, ${more} }`
  const file = (claims: string, id = 'mine/section') =>
    `export default { id: '${id}', heading: 'a', claims: ${claims} }`
  const load = async (...texts: string[]) => loadCatalogue(await Promise.all(texts.map(written)))

  test('is loaded', async () => {
    const [made] = await load(file(`{ one: ${cell()} }`))
    expect(made?.id).toBe('mine/section')
  })

  const started = (more = '') => cell(`when: { kind: 'start', of: 'm1' }, ${more}`)
  const world = (member: string) => `{ members: { m1: ${member} }, authorities: {}, setup: [] }`
  const get = "{ kind: 'http', to: 'm1' }"
  const as = "then: { outcome: 'refused', by: 'm1' }"
  test.each([
    ['does not parse', 'export default {', 'it cannot be loaded: '],
    ['throws', "throw new Error('mine')", 'it cannot be loaded: mine'],
    ['exports nothing', 'export const a = 1', "it must export default scenario('page/section', { claims })."],
    ['has a bad id', file('{}', 'section'), "it must export default scenario('page/section', { claims })."],
    [
      'climbs out of its folder',
      file('{}', '../a/b'),
      "it must export default scenario('page/section', { claims }).",
    ],
    ['has claims that are none', file('{ one: 5 }'), 'mine/section/one: the claim must be an object, not 5.'],
    [
      'has a matrix that throws',
      file("{ one: { says: 'a', axes: { a: ['b'] }, cell: () => { throw new Error('mine') } } }"),
      'a claim is broken: mine',
    ],
    [
      'does not say what is promised',
      file(`{ one: ${cell('says: undefined')} }`),
      'mine/section/one: `says` is missing: the promise in words.',
    ],
    [
      'has no world',
      file(`{ one: ${cell('given: {}')} }`),
      'mine/section/one: `given` is no world; write etcd({ options }).',
    ],
    [
      'has no probe',
      file(`{ one: ${cell("when: { kind: 'ping' }")} }`),
      'mine/section/one: `when` is no probe; write http(), curl(), starts() ….',
    ],
    [
      'has no outcome',
      file(`{ one: ${cell('then: {}')} }`),
      'mine/section/one: `then` is no outcome; write served(), refused() ….',
    ],
    [
      'has a refusal without a reason',
      file(`{ one: ${cell(as)} }`),
      'mine/section/one: a refusal needs `because`, its reason.',
    ],
    [
      'has a refusal without a control',
      file(`{ one: ${cell(`${as}, because: {}`)} }`),
      'mine/section/one: a refusal needs `unlike`, its control.',
    ],
    [
      'starts a request',
      file(`{ one: ${cell("then: { outcome: 'started' }")} }`),
      'mine/section/one: `when` is a probe of the kind http, which cannot be started.',
    ],
    [
      'asks a stranger',
      file(`{ one: ${cell("when: { kind: 'http', to: 'm2' }")} }`),
      'mine/section/one: `when` asks m2, which is no member of the world.',
    ],
    [
      'blames another member',
      file(`{ one: ${cell("then: { outcome: 'refused', by: 'm2' }, because: {}, unlike: {}")} }`),
      'mine/section/one: the refusal is said to be by another member than m1.',
    ],
    [
      'has a claim with a bad name',
      file(`{ One: ${cell()} }`),
      'mine/section/One: a slug has letters, digits, "." and "-" only',
    ],
    [
      'has an axis without values',
      file("{ one: { says: 'a', axes: { a: [] }, cell: () => undefined } }"),
      'mine/section/one: an axis has no values.',
    ],
    [
      'has no heading',
      file(`{ one: ${cell()} }`).replace("heading: 'a'", "heading: ''"),
      "`heading` is missing: the section's heading on the page.",
    ],
    [
      'has a section that its page does not have',
      file(`{ one: ${cell()} }`, 'security/htps'),
      'fixtures/pages.ts has no section "htps" of security; the nearest is "https".',
    ],
    [
      'has another heading than the page',
      file(`{ one: ${cell()} }`, 'security/host-whitelist'),
      'the heading of security/host-whitelist is "Notes for Host Whitelist", not "a"; write headingOf(',
    ],
    [
      'misspells an option',
      file(`{ one: ${cell(`given: ${world("{ options: { 'host-whitelst': 'a' } }")}`)} }`),
      'mine/section/one: `given`, member m1: fixtures/option-table.ts has no option "host-whitelst"; the nearest is "host-whitelist".',
    ],
    [
      'misspells an option of the world without the guard',
      file(`{ one: ${cell(`without: ${world('{ options: { prxy: 1 } }')}`)} }`),
      'mine/section/one: `without`, member m1: fixtures/option-table.ts has no option "prxy"; the nearest is "proxy".',
    ],
    [
      'forgets the options',
      file(`{ one: ${cell(`given: ${world('{}')}`)} }`),
      'mine/section/one: `given`, member m1: it has no `options`; write etcd({ options }).',
    ],
    [
      'gives options by an unknown way',
      file(`{ one: ${cell(`given: ${world("{ options: {}, way: 'env' }")}`)} }`),
      'mine/section/one: `given`, member m1: "env" is no way to give options; write flag, variable, config-file.',
    ],
    [
      'has an unknown reason',
      file(`{ one: ${cell(`${as}, because: { reason: 'expird' }, unlike: ${get}`)} }`),
      'mine/section/one: fixtures/refusals.ts has no reason "expird"; the nearest is "expired".',
    ],
    [
      'has a because without its reason',
      file(`{ one: ${cell(`${as}, because: {}, unlike: ${get}`)} }`),
      'mine/section/one: `because.reason` is missing; fixtures/refusals.ts has the names.',
    ],
    [
      'has a control that is no probe',
      file(`{ one: ${cell(`${as}, because: { reason: 'expired' }, unlike: {}`)} }`),
      'mine/section/one: `unlike` is no probe; write http(), curl() ….',
    ],
    [
      'has a control that asks a stranger',
      file(`{ one: ${cell("unlike: { kind: 'http', to: 'm2' }")} }`),
      'mine/section/one: `unlike` asks m2, which is no member of the world.',
    ],
    [
      'has an unknown failure',
      file(
        `{ one: ${started(`then: { outcome: 'not-started' }, because: { failure: 'unknown-flg' }, unlike: {}`)} }`,
      ),
      'mine/section/one: fixtures/start-failures.ts has no failure "unknown-flg"; the nearest is "unknown-flag".',
    ],
    [
      'has a start whose control is no world',
      file(
        `{ one: ${started(`then: { outcome: 'not-started' }, because: { failure: 'unknown-flag' }, unlike: {}`)} }`,
      ),
      'mine/section/one: `unlike` is no world; write etcd({ options }).',
    ],
    [
      'has a client that refuses without a reason',
      file(`{ one: ${cell(`then: { outcome: 'client-refuses' }, unlike: ${get}`)} }`),
      'mine/section/one: a refusal needs `because`, its reason.',
    ],
    [
      'has a client that refuses without its exit status',
      file(`{ one: ${cell(`then: { outcome: 'client-refuses' }, because: {}, unlike: ${get}`)} }`),
      'mine/section/one: `because.exit` is missing: the exit status of the client.',
    ],
    [
      'has a client that refuses without its words',
      file(`{ one: ${cell(`then: { outcome: 'client-refuses' }, because: { exit: 60 }, unlike: ${get}`)} }`),
      'mine/section/one: `because.error` is missing: a pattern of what the client says.',
    ],
    [
      'has a client that refuses for an unknown reason',
      file(
        `{ one: ${cell(`then: { outcome: 'client-refuses' }, because: { exit: 60, error: /a/, reason: 'b' }, unlike: ${get}`)} }`,
      ),
      `mine/section/one: fixtures/refusals.ts has no reason "b"; there are ${refusalReasons.join(', ')}.`,
    ],
  ])('that %s is told in one sentence', async (_, text, message) => {
    const path = await written(text)
    const told = await loadCatalogue([path]).then(
      () => 'loaded',
      (error: unknown) => error,
    )
    expect(told).toMatchObject({ code: 'broken-scenario', exit: 2 })
    const said = (told as Error).message
    const what = said.slice(path.length).replace(/^:\d+:\d+/, '')
    expect([said.startsWith(path), what.startsWith(`: ${message}`)], said).toEqual([true, true])
    expect(said).not.toContain('\n')
  })

  test('that is missing is told by its name', async () => {
    await expect(loadCatalogue([join(folder, 'none.ts')])).rejects.toThrow(
      'none.ts: there is no such scenario file.',
    )
  })
  test('that declares a cell of another file is told with that file', async () => {
    const texts = [file(`{ one: ${cell()} }`), file(`{ one: ${cell()} }`)]
    await expect(load(...texts)).rejects.toThrow(
      /\d+\.scenario\.ts:1:\d+: the cell mine\/section\/one is also declared in .*\.scenario\.ts; rename one\./,
    )
  })
  test('that says something else of a claim of another file is told with that file', async () => {
    const over = (value: string, says: string) =>
      file(`{ one: { says: '${says}', axes: { a: ['${value}'] }, cell: () => (${cell()}) } }`)
    await expect(load(over('b', 'x'), over('c', 'x'))).resolves.toHaveLength(2)
    await expect(load(over('b', 'x'), over('c', 'y'))).rejects.toThrow(
      /^\S+\.scenario\.ts:\d+:\d+: mine\/section\/one says something else than in \S+\.scenario\.ts; give both one `says`\.$/,
    )
  })
  test('that is a folder, or is called otherwise, is told', async () => {
    await expect(loadCatalogue([folder])).rejects.toThrow(`${folder}: it is a folder`)
    const other = join(folder, 'mine.ts')
    await writeFile(other, file(`{ one: ${cell()} }`))
    await expect(loadCatalogue([other])).rejects.toThrow(
      `${other}: its name must end in .scenario.ts, .mts, .js or .mjs.`,
    )
  })
  test('that declares a cell twice is told', async () => {
    const twice = "{ one: { says: 'a', axes: { a: ['b', 'b'] }, cell: () => (" + cell() + ') } }'
    await expect(load(file(twice))).rejects.toThrow('the cell mine/section/one:a=b is also declared in')
  })
})

test('the project’s own files are whole', async () => {
  expect((await loadCatalogue()).flatMap(cellsOf).length).toBeGreaterThan(250)
})
