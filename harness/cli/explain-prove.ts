import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { during } from '../engine/lifetime.ts'
import { makeRunId } from '../engine/run-id.ts'
import { sweep } from '../engine/sweep.ts'
import type { Explanation } from '../explain/explanation.ts'
import type { Question } from '../explain/question.ts'
import type { DnsRecord } from '../explain/resolver.ts'
import { provingGround } from '../prove/ground.ts'
import { demandProvable, prove, type Proof } from '../prove/prove.ts'
import type { Asked } from '../subject/parse.ts'
import { ensureEngine } from './engine.ts'

export interface ToProve {
  readonly asked: Asked
  readonly question: Question
  readonly explanation: Explanation
  readonly records: readonly DnsRecord[]
}

/**
 * Shows it in the engine, and tells what was seen before the end. @returns the exit status: `exit`, 3 where etcd did
 * something else than was said, or the number of a signal. Errors: HarnessError.
 */
export function proveNow(toProve: ToProve, exit: number, tell: (proof: Proof) => void): Promise<number> {
  const { asked, question, explanation, records } = toProve
  return during(async ({ signal, defer }) => {
    demandProvable(question, explanation)
    await ensureEngine('never', signal)
    const runId = makeRunId()
    defer('what the proof started', () => sweep({ run: runId }))
    const dns = question.resolver !== undefined || (question.to !== undefined && isIP(question.to) === 0)
    const onProgress = (text: string): void => void process.stderr.write(`${text}\n`)
    const { subject, ground } = await provingGround(asked.asked, { runId, signal, onProgress, dns })
    const list = question.revoked?.file
    const revoked = list === undefined ? undefined : await readFile(list, 'latin1')
    const proof = await prove({ question, explanation, records, revoked, subject, ground })
    tell(proof)
    return proof.shown.some(({ agrees }) => agrees === false) ? 3 : exit
  })
}
