import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { etcd, http, refused, served, timeline } from '../../scenario/index.ts'
import { readShapes } from './read-shapes.ts'
import { misfits, shapesFile } from './shape.ts'

test('the shapes are what the types say (npm run schema writes them)', async () => {
  expect(JSON.parse(await readFile(shapesFile, 'utf8'))).toEqual(readShapes())
})

const given = etcd({ options: {} })
const when = http({ scheme: 'http', path: '/' })
const told = (claim: object): string[] =>
  misfits({ says: 'a', given, ...claim }, 'Claim').map(({ path, what }) => `${path.join('.')} ${what}`)

test.each([
  ['nothing', { when, then: served() }, []],
  [
    'an unknown field',
    { when, then: { ...served(), statuss: 200 } },
    ['then.statuss is unknown; the nearest is "status"'],
  ],
  ['a wrong kind', { when: { ...when, path: 5 }, then: served() }, ['when.path must be a text, not 5']],
  [
    'a wrong word',
    { when, then: served(), needs: { tls: '1.4' } },
    [expect.stringMatching(/^needs\.tls must be one of '1\.0'/)],
  ],
  ['a missing field', { when, then: refused(), unlike: when }, ['because is missing']],
  [
    'a step',
    { when: timeline([{ do: 'use' } as never]), then: { outcome: 'kept' } },
    ['when.steps.0.name is missing'],
  ],
])('%s', (_, claim, expected) => {
  expect(told(claim)).toEqual(expected)
})
