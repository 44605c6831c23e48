import { expect, test } from 'vitest'
import { certificateOf, etcd, http, keyOf, kept, timeline, type Step } from '../../scenario/index.ts'
import type { Cell } from '../../scenario/claim.ts'
import { wrongTimeline } from './timeline-shape.ts'

const probe = http({ scheme: 'https', path: '/version' })
const files = { 'cert-file': certificateOf({ cn: 'a' }), 'key-file': keyOf({ cn: 'a' }) }
const cell = (steps: readonly Step[], laid: 'mounted' | 'linked' = 'mounted'): Cell => ({
  given: etcd({ options: files, files: laid }),
  when: timeline(steps),
  then: kept(),
})
const use: Step = { do: 'use', name: 'open' }
const rotate = (more: object): Step => ({ do: 'rotate', of: 'm1', how: 'in-place', files, ...more })
const parted = (...between: Step[]) => rotate({ how: 'key-first', between })

test('steps that can be made have nothing wrong', () => {
  const hold: Step = { do: 'hold', name: 'open', probe }
  const torn: Step = {
    do: 'connect',
    name: 'a',
    probe,
    comes: 'refused',
    because: { reason: 'pair-does-not-match' },
  }
  expect(
    wrongTimeline(cell([hold, rotate({}), use, parted(torn, use), { do: 'restart', of: 'm1' }])),
  ).toBeUndefined()
  expect(wrongTimeline(cell([rotate({ how: 'symlink' })], 'linked'))).toBeUndefined()
})

test.each<[string, readonly Step[], RegExp]>([
  ['none', [], /no steps/],
  ['an unknown act', [{ do: 'wait' } as never], /step 1 does wait/],
  ['what is not held', [use], /step 1 uses open, which no step before it holds/],
  ['what is not held, between two files', [parted(use)], /step 1\.1 uses open/],
  [
    'a key unlike that of nothing',
    [{ do: 'connect', name: 'x', probe, madeUnlike: 'x' }],
    /step 1 is unlike "x", which no step before it connects/,
  ],
  ['another member', [{ do: 'restart', of: 'm2' }], /step 1 is about "m2"/],
  [
    'a probe of another member',
    [{ do: 'hold', name: 'x', probe: { ...probe, to: 'm2' } }],
    /step 1 is about "m2"/,
  ],
  [
    'a request before what is held',
    [{ do: 'hold', name: 'x', probe: { ...probe, afterHost: 'a' } }],
    /step 1 holds a connection with `afterHost`/,
  ],
  ['a refusal without reason', [{ do: 'connect', name: 'x', probe, comes: 'refused' }], /does not say why/],
  [
    'a client that refuses somehow',
    [{ do: 'connect', name: 'x', probe, comes: 'client-refuses' }],
    /does not say how/,
  ],
  ['an unknown rotation', [rotate({ how: 'move' })], /rotates move/],
  [
    'a rotation that the layout cannot make',
    [rotate({ how: 'symlink' })],
    /needs a world with files: 'linked'/,
  ],
  ['a rotation of nothing', [rotate({ files: {} })], /has no `files`/],
  [
    'a file that the member does not have',
    [rotate({ files: { 'peer-cert-file': certificateOf({ cn: 'a' }) } })],
    /--peer-cert-file, which m1 is not started with/,
  ],
  ['something between files that change at once', [rotate({ between: [use] })], /changes all files at once/],
])('%s is told in words', (_what, steps, words) => {
  expect(wrongTimeline(cell(steps))).toMatch(words)
})
