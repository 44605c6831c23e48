import { expect, test } from 'vitest'
import { blameInWords, blameOf } from './blame.ts'

const versions = { etcd: ['3.4.25', '3.5.0'], go: ['1.19.8', '1.26.10'] } as const

test.each([
  ['fail', 'pass', 'fail', 'pass', 'etcd', /^Changed by etcd: 3\.5\.0 shows it with Go 1\.19\.8/],
  ['fail', 'pass', 'pass', 'fail', 'go', /^Changed by Go: 3\.4\.25 shows it with Go 1\.26\.10/],
  ['fail', 'pass', 'pass', 'pass', 'either', /^Changed by both, each alone/],
  ['fail', 'pass', 'fail', 'fail', 'together', /^Changed by both, and only together/],
  [
    'fail',
    'pass',
    'pass',
    undefined,
    'untold',
    /^Go alone is enough \(3\.4\.25 with Go 1\.26\.10 shows it\)\. More/,
  ],
  ['fail', 'pass', 'fail', undefined, 'untold', /^Go alone is not enough/],
  ['fail', 'pass', undefined, 'pass', 'untold', /^etcd alone is enough/],
  ['fail', 'pass', undefined, 'fail', 'untold', /^etcd alone is not enough/],
  ['fail', 'pass', undefined, undefined, 'untold', /^Neither corner could be told/],
  [
    'fail',
    'pass',
    'drift',
    'pass',
    'untold',
    /3\.4\.25 with Go 1\.26\.10 shows a third thing \(drift\); etcd alone/,
  ],
  ['pass', 'pass', 'pass', 'pass', 'untold', /how they were built is part of it/],
  [undefined, 'pass', 'fail', 'pass', 'untold', /how they were built is part of it/],
] as const)('%s → %s, new Go %s, new etcd %s: %s', (before, after, newGo, newEtcd, by, says) => {
  const corners = { before, after, newGo, newEtcd }
  expect(blameOf(corners)).toBe(by)
  expect(blameInWords(corners, versions)).toMatch(says)
})
