import { expect, test } from 'vitest'
import { etcd, http, refused, type RefuseCell } from '../scenario/index.ts'
import { judge } from './judge.ts'
import { build, ended, ready, refusal } from './testing/seen.ts'

const ask = http({ scheme: 'https', path: '/version' })
const given = etcd({ client: 'https', options: {} })
const cell: RefuseCell = {
  ...{ given, when: ask, then: refused(), because: { reason: 'no-client-certificate' } },
  ...{ unlike: http({ scheme: 'https', path: '/version', tls: { as: {} } }), without: given },
}
const verdict = (others: NonNullable<Parameters<typeof refusal>[0]>['others']) =>
  judge(cell, build, refusal({ others })).verdict

test('a world whose other processes serve to the end can be judged', () => {
  expect(verdict({ c: { start: ready, alive: true }, d: { start: ready, alive: true } })).toBe('pass')
})
test.each([
  ['did not start', { start: ended(1), alive: false }],
  ['ended meanwhile', { start: ready, alive: false }],
])('a world of which another process %s says nothing', (_, d) => {
  expect(verdict({ c: { start: ready, alive: true }, d })).toBe('inconclusive')
})
