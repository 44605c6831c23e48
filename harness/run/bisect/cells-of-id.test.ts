import { expect, test } from 'vitest'
import { etcd, http, over, scenario, served } from '../../scenario/index.ts'
import { cellsOfId } from './cells-of-id.ts'

const claim = {
  says: 's',
  given: etcd({ options: {} }),
  when: http({ scheme: 'http', path: '/' }),
  then: served(),
}
const scenarios = [
  scenario('p/one', { heading: 'h', claims: { a: claim } }),
  scenario('p/two', {
    heading: 'h',
    claims: { b: { says: 's', ...over({ tls: ['1.2', '1.3'] }, () => claim) }, bb: claim },
  }),
]
const meant = (id: string) => {
  const { cells, files } = cellsOfId(id, scenarios, ['one.ts', 'two.ts'])
  return { cells: cells.map(({ cellId }) => cellId), files }
}

test('a claim stands for all its cells, a cell for itself', () => {
  expect(meant('p/two/b')).toEqual({ cells: ['p/two/b:tls=1.2', 'p/two/b:tls=1.3'], files: ['two.ts'] })
  expect(meant('p/two/b:tls=1.3')).toEqual({ cells: ['p/two/b:tls=1.3'], files: ['two.ts'] })
  expect(meant('p/one/a')).toEqual({ cells: ['p/one/a'], files: ['one.ts'] })
})

test.each([
  ['p/two/b:tls=1.4', /no claim and no cell; the nearest is "p\/two\/b:tls=1\.[23]"/],
  ['p/two', /is no claim but a page or section; name one of its claims/],
  ['p/two/*', /is the id of no claim and no cell/],
])('%s is turned away', (id, sentence) => {
  expect(() => meant(id)).toThrow(sentence)
})
