import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { judgeAgain } from '../../gathered/judge-again.ts'
import { readGatheredFile } from '../../gathered/read.ts'
import { gatheredFile } from '../../gathered/write.ts'
import { refusal, refuseCell } from '../../judge/testing/seen.ts'
import { http, scenario, type Claim } from '../../scenario/index.ts'
import type { Subject } from '../../subject/subject.ts'
import { cellsOf } from '../catalogue/cells.ts'
import { playedResult } from '../cell-result.ts'
import { withEvidence } from './evidence-folder.ts'
import { judgedAnew } from './judged-anew.ts'
import { keepIn } from './keep-gathered.ts'

let out = ''
beforeEach(async () => void (out = await mkdtemp(join(tmpdir(), 'etcd-tls-test-'))))
afterEach(() => rm(out, { recursive: true, force: true }))

const subject = {
  name: '3.6.16@image+go1.26.10',
  etcd: '3.6.16',
  go: '1.26.10',
  tls: ['1.2', '1.3'],
  image: 'sha256:1',
  commands: { etcd: '/etcd' },
} as unknown as Subject
const unlike = http({ scheme: 'https', path: '/version', tls: { as: {} } })
const claims = { a: { says: 'a', ...refuseCell, unlike } as Claim }
const [cell] = cellsOf(scenario('security/test', { heading: 'a', claims }))
const endedLater = ['m1 ended with exit 2 after this cell, without being told to']

test('a cell after which its process ended by itself is inconclusive, and so it is whenever it is judged again', async () => {
  if (cell === undefined) throw new Error('no cell')
  const addresses = { kind: 'single' as const, addresses: ['10.138.1.2'] }
  const record = { members: [], certificates: [] }
  await keepIn(out, 'r1')(cell, subject, { evidence: refusal(), record, addresses })
  const file = join(out, 'evidence', subject.name, 'security__test__a', gatheredFile)
  const judged = judgeAgain(cell.cell, await readGatheredFile(file))
  const played = playedResult(cell, subject, { evidence: refusal(), world: record }, judged)
  const result = await withEvidence(out, { ...played, milliseconds: 7 })
  expect(result.verdict).toBe('pass')
  const anew = await judgedAnew(out, subject, { cell, result, endedLater })
  expect(anew).toMatchObject({ verdict: 'inconclusive', milliseconds: 7, evidence: result.evidence })
  expect(anew.why).toEqual([`what it met ends only when it is told to; seen: ${String(endedLater[0])}`])
  expect(judgeAgain(cell.cell, await readGatheredFile(file)).verdict).toBe('inconclusive')
  const verdict = await readFile(join(out, result.evidence ?? '', 'verdict.json'), 'utf8')
  expect(JSON.parse(verdict)).toMatchObject({ verdict: 'inconclusive' })
})
