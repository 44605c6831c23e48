import { expect, test } from 'vitest'
import { sideOf } from './side.ts'

const bySrv = { since: '3.1.0', except: ['3.2.9'] }
const reload = { since: ['3.2.19', '3.3.4'] }
const ended = { since: '3.0.0', until: ['3.3.20', '3.4.0'] }

test.each([
  [bySrv, '3.0.17', { is: 'before', step: '3.1.0' }],
  [bySrv, '3.1.0', { is: 'since', step: '3.1.0' }],
  [bySrv, '3.2.8', { is: 'since', step: '3.1.0' }],
  [bySrv, '3.2.9', { is: 'excepted', step: '3.2.9' }],
  [bySrv, '3.2.10', { is: 'since', step: '3.1.0' }],
  [reload, '3.2.18', { is: 'before', step: '3.2.19' }],
  [reload, '3.2.22', { is: 'since', step: '3.2.19' }],
  [reload, '3.3.3', { is: 'before', step: '3.3.4' }],
  [reload, '3.7.3', { is: 'since', step: '3.3.4' }],
  [ended, '3.3.19', { is: 'since', step: '3.0.0' }],
  [ended, '3.3.20', { is: 'after', step: '3.3.20' }],
  [ended, '3.4.0', { is: 'after', step: '3.4.0' }],
  [{ until: '3.4.0' }, '3.3.27', { is: 'since', step: '3.3.27' }],
  [{}, '3.3.27', undefined],
])('%o on %s', (versions, etcd, side) => {
  expect(sideOf(versions, etcd)).toEqual(side)
})
