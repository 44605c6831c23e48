import { expect, test } from 'vitest'
import type { CellResult, Check } from '../schema.ts'
import { refusal, sampleResult } from '../testing/sample-parts.ts'
import { inTimeOrder, rightRefusal } from './checks.ts'

const log = "etcd's log gives the reason for this connection (no-client-certificate: ^tls: client (x|y)$)"
const check = (question: Check['question'], expected: string, met = true): Check => ({
  question,
  expected,
  seen: '',
  met,
})
/** As the judge lists them. */
const judged = [
  check('then', 'the probe is refused'),
  check('because', 'alert 116 from etcd'),
  check('because', log),
  check('then', 'the same probe is refused again'),
  check('because', 'alert 116 from etcd'),
  check('health', 'the control is served before the probe'),
  check('control', 'the control, which differs in one thing, is served after the probe'),
  check('health', 'the process is alive to the end'),
  check('without', 'without the guard the same probe is served'),
]
const result = (more: Partial<CellResult> = {}): CellResult =>
  sampleResult('a/b/c', 's', { probe: refusal(), checks: judged, ...more })

test('checks stand in the order of time, the name of the reason first', () => {
  expect(inTimeOrder(judged).map(({ expected }) => expected)).toEqual([
    'the control is served before the probe',
    'the probe is refused',
    'alert 116 from etcd',
    "no-client-certificate: etcd's log gives the reason for this connection; its text fits the pattern ^tls: client (x|y)$",
    'the control, which differs in one thing, is served after the probe',
    'the same probe is refused again',
    'alert 116 from etcd',
    'the process is alive to the end',
    'without the guard the same probe is served',
  ])
})

test('a right refusal says why it is one, and no more than was seen', () => {
  expect(rightRefusal(result())).toBe(
    'Refused with alert 116 certificate_required, logged for this connection as no-client-certificate; ' +
      'the control was served before and after it; the same probe was refused again; without the guard it was served.',
  )
  const less = judged
    .filter(({ question }) => question !== 'without')
    .map((one) => ({ ...one, met: !one.expected.includes('again') }))
  expect(rightRefusal(result({ checks: less }))).not.toMatch(/again|guard/)
})

test('what is no right refusal has no such sentence', () => {
  expect(rightRefusal(result({ verdict: 'fail' }))).toBeUndefined()
  expect(rightRefusal(result({ checks: [check('then', 'the probe is served')] }))).toBeUndefined()
  // Its probe may be another step than the one that was refused.
  const timeline = { events: [] }
  expect(rightRefusal(result({ timeline: timeline as never }))).toBeUndefined()
})
