import { expect, test } from 'vitest'
import {
  cluster,
  etcd,
  formed,
  forms,
  http,
  joined,
  joins,
  kept,
  notFormed,
  refused,
  timeline,
  type Cell,
} from '../../scenario/index.ts'
import { wrongIn } from './cell-shape.ts'

const plain = { options: {} }
const two = { a: plain, c: plain }
const given = cluster({ members: { ...two, b: { role: 'candidate', ...plain } } })
const joining: Cell = { given, when: joins('b'), then: joined() }
const refusing: Cell = {
  given,
  when: joins('b'),
  then: refused({ by: 'a' }),
  because: { reason: 'expired' },
  unlike: joins('b'),
}
const forming: Cell = { given, when: forms({ to: 'a' }), then: formed() }
const apart: Cell = {
  given,
  when: forms({ to: 'a' }),
  then: notFormed({ by: 'a', from: 'c' }),
  because: { reason: 'common-name' },
  unlike: given,
}
const timed: Cell = { given, when: timeline([{ do: 'restart', of: 'a' }], 'a'), then: kept() }
const wrong = (cell: object): string | undefined =>
  wrongIn({ claim: { says: 'It is so.', ...joining }, cell: cell as Cell })

test.each([joining, refusing, { ...refusing, then: refused({ by: 'b' }) }, forming, apart, timed])(
  'act %# is right',
  (cell) => {
    expect(wrong(cell)).toBeUndefined()
  },
)

test.each([
  [{ ...joining, when: joins('a') }, /a is no candidate/],
  [{ ...joining, when: joins('b', {}, { to: 'b' }) }, /asks b, which is no member of the cluster/],
  [
    { ...joining, given: cluster({ members: { a: plain, b: { role: 'candidate', ...plain } } }) },
    /two members/,
  ],
  [{ ...joining, then: formed() }, /`when` is a probe of the kind join, which cannot be formed/],
  [{ ...refusing, unlike: undefined }, /needs `unlike`/],
  [{ ...refusing, unlike: http({ to: 'a', scheme: 'http', path: '/' }) }, /`unlike` is no join/],
  [{ ...refusing, unlike: joins('c') }, /c is no candidate/],
  [{ ...refusing, because: undefined }, /needs `because`/],
  [{ ...refusing, then: refused({ by: 'c' }) }, /by another member than a/],
  [{ ...forming, given: etcd(plain), when: forms() }, /two members at least/],
  [{ ...forming, then: formed({ logs: { z: ['x'] } }) }, /`logs` names z/],
  [{ ...apart, unlike: undefined }, /needs `unlike`/],
  [{ ...apart, because: { reason: 'moon' } }, /has no reason "moon"/],
  [{ ...apart, then: notFormed({ by: 'a', from: 'b' }) }, /b is no member that forms/],
  [{ ...apart, then: notFormed({ by: 'a', from: 'a' }) }, /does not turn itself away/],
  [{ ...timed, when: timeline([], 'a') }, /no steps/],
  [{ ...timed, when: timeline([{ do: 'use', name: 'x' }], 'a') }, /uses x, which no step before it holds/],
  [{ ...timed, when: timeline([{ do: 'wait' } as never], 'a') }, /does wait/],
  [{ ...timed, then: joined() }, /cannot be joined/],
])('act %# is told in one sentence', (cell, sentence) => {
  expect(wrong(cell)).toMatch(sentence)
})
