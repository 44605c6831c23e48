import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { etcd, http, over, scenario, served, type Claim } from '../scenario/index.ts'
import { cellsOf, loadCatalogue } from './catalogue.ts'

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
    expect(() => cellsOf(section({ one: claim }))).toThrow(`page/section/one: "host=${value}" is not an axis`)
  })
  test.each([['a b'], ['../escape'], ['a:b'], ['']])('of a claim called "%s" are none', (slug) => {
    expect(() => cellsOf(section({ [slug]: plain }))).toThrow('a slug has letters')
  })
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
    `{ says: 'a', given: { members: { m1: { options: {} } }, authorities: {}, setup: [] }, when: { kind: 'http', to: 'm1' }, then: { outcome: 'served' }, ${more} }`
  const file = (claims: string, id = 'mine/section') =>
    `export default { id: '${id}', heading: 'a', claims: ${claims} }`
  const load = async (...texts: string[]) => loadCatalogue(await Promise.all(texts.map(written)))

  test('is loaded', async () => {
    const [made] = await load(file(`{ one: ${cell()} }`))
    expect(made?.id).toBe('mine/section')
  })

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
    ['has claims that are none', file('{ one: 5 }'), 'a claim is broken: '],
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
      'mine/section/one: `when` is a http probe, which cannot be started.',
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
  ])('that %s is told in one sentence', async (_, text, message) => {
    const path = await written(text)
    const told = await loadCatalogue([path]).then(
      () => 'loaded',
      (error: unknown) => error,
    )
    expect(told).toMatchObject({ code: 'broken-scenario', exit: 2 })
    const said = (told as Error).message
    expect(said.startsWith(`${path}: ${message}`), said).toBe(true)
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
      /1\d*\.scenario\.ts: the cell mine\/section\/one is also declared in .*\.scenario\.ts; rename one\./,
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
