import { expect, test } from 'vitest'
import { stateOf } from './state.ts'

test.each([
  ['pass', undefined, 'pass'],
  ['not-applicable', undefined, 'not applicable'],
  ['fail', { is: 'since', step: '3.4.0', present: false }, 'fail'],
  ['pass', { is: 'since', step: '3.4.0', present: true }, 'pass'],
  ['pass', { is: 'before', step: '3.4.0', present: false }, 'absent'],
  // It is there before the page says so: that is the page's fail, but no step of the build's.
  ['fail', { is: 'before', step: '3.4.0', present: true }, 'pass'],
  ['pass', { is: 'excepted', step: '3.2.9', present: false }, 'absent'],
  ['inconclusive', { is: 'before', step: '3.4.0' }, 'inconclusive'],
  ['inconclusive', { is: 'before', step: '3.4.0', present: true }, 'inconclusive'],
  ['pass', { is: 'before', step: '3.4.0', present: true, alike: true }, 'pass'],
] as const)('%s on the side %j is %s', (verdict, side, state) => {
  expect(stateOf({ verdict, ...(side !== undefined && { side }) })).toBe(state)
})
