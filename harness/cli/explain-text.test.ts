import { expect, test } from 'vitest'
import { proofText } from './explain-text.ts'

test('a proof that came out otherwise says so', () => {
  const text = proofText(
    {
      subject: '3.6.16@module+go1.26.10',
      shown: [
        { tried: 'a', said: 'refused', seen: 'accepted', agrees: false, evidence: ['HTTP status 200'] },
        { tried: 'b', said: 'accepted', seen: 'accepted', agrees: true, evidence: [] },
        { tried: 'c', said: 'cannot tell', seen: 'refused', evidence: ['a\u001bb'] },
      ],
      left: ['d'],
    },
    { color: false, columns: 100 },
  )
  expect(text.split('\n')).toEqual([
    'Shown on 3.6.16@module+go1.26.10, with new keys',
    '  ✘ a: accepted, and NOT refused, as was said',
    '      HTTP status 200',
    '  ✔ b: accepted, as was said',
    '  ? c: refused',
    expect.not.stringContaining('\u001b'),
    '  – d',
    '',
  ])
})
