import { isDeepStrictEqual } from 'node:util'
import type { CellResult, Results } from '../../../reports/index.ts'
import { claimDigest } from '../../gathered/claim-digest.ts'
import { judgeAgain } from '../../gathered/judge-again.ts'
import { unpackGathered } from '../../gathered/read.ts'
import type { GatheredRecord } from '../../gathered/record.ts'
import { gatheredFile } from '../../gathered/write.ts'
import type { Judgement } from '../../judge/judge.ts'
import { notApplicable } from '../../run/release/applicability.ts'
import type { CatalogueCell } from '../../run/catalogue/cells.ts'
import { promisedOf } from '../../run/cell-result.ts'
import { evidenceFolder } from '../../run/gather/evidence-folder.ts'
import { spelt } from '../../run/release/spelling.ts'
import type { Subject } from '../../subject/subject.ts'
import type { Bundle } from '../bundle.ts'
import { readableFiles } from '../readable.ts'
import { slipsOfBinding, slipsOfResult, slipsOfWorld } from './binding.ts'
import type { Findings } from './findings.ts'

/** One cell of a bundle, as the bundle and today's catalogue have it. */
export interface StoredCell {
  /** Today's. */
  readonly cell: CatalogueCell
  /** Digest of the claim when the bundle was made. */
  readonly digest: string
  readonly result: CellResult
}

/** Judges stored cells again; keeps what must differ between two cells. */
export class CellJudge {
  readonly #bundle: Bundle
  readonly #results: Results
  readonly #findings: Findings
  readonly #isOurs: boolean
  /** Probe with its time and port → the cell that has it. */
  readonly #probes = new Map<string, string>()
  /** Files that belong to a cell. */
  readonly expected = new Set<string>()

  /** @param isOurs the bundle was made by the very same tool */
  constructor(bundle: Bundle, results: Results, findings: Findings, isOurs: boolean) {
    this.#isOurs = isOurs
    this.#bundle = bundle
    this.#results = results
    this.#findings = findings
  }

  /** One cell: it is bound to the bundle's build and run, and its evidence gives its verdict. */
  async check({ cell, digest, result }: StoredCell): Promise<void> {
    const [build] = this.#results.subjects
    if (build === undefined) return
    const isChanged = claimDigest(cell) !== digest
    const today: CatalogueCell = { ...cell, cell: spelt(cell.cell, build.etcd) }
    const section = cell.claimId.slice(0, cell.claimId.lastIndexOf('/'))
    const reason = notApplicable(section, today.cell, build as Pick<Subject, 'etcd' | 'go' | 'tls'>)
    if (result.verdict === 'not-applicable') {
      if (reason === undefined) this.#differs(result, isChanged, 'it is asked of this build')
      else this.#findings.judged += 1
      return
    }
    const record = await this.#evidence(result)
    if (record === undefined) return
    const isAsked = record.asked === claimDigest(today)
    if (isChanged) this.#findings.note(`${cell.cellId}: the claim was changed since.`)
    else if (isAsked)
      for (const slip of slipsOfWorld(today.cell, record)) this.#findings.wrong(result.cell, slip)
    else if (this.#isOurs)
      this.#findings.wrong(result.cell, 'its evidence is of another question than the claim asks')
    else this.#findings.since(result.cell, 'this build is asked otherwise since')
    const changed = isChanged || !isAsked
    if (reason !== undefined) this.#differs(result, changed, 'it is not asked of this build')
    else this.#judge(today, record, result, changed)
  }

  #judge(today: CatalogueCell, record: GatheredRecord, result: CellResult, changed: boolean): void {
    const judged = judgeAgain(today.cell, record)
    const [now, then] = [standing(judged), standing(result)]
    if (!isDeepStrictEqual(now, then))
      return this.#differs(
        result,
        changed,
        `${inWords(now)}${judged.why[0] === undefined ? '' : ` (${judged.why[0]})`}`,
      )
    this.#findings.judged += 1
    const { seen, why, checks } = judged
    const words = { seen, why, checks, promised: promisedOf(today, record.subject) }
    const other = (Object.keys(words) as (keyof typeof words)[]).find(
      (field) => !isDeepStrictEqual(words[field], result[field]),
    )
    // Another version may put it otherwise.
    if (other !== undefined && this.#isOurs)
      this.#findings.wrong(result.cell, `its ${other} is not what the judge says`)
  }

  #differs({ cell, ...result }: CellResult, changed: boolean, now: string): void {
    const then = inWords(standing(result))
    if (changed)
      this.#findings.since(cell, `the claim was changed since; the bundle says ${then}, today ${now}`)
    else this.#findings.wrong(cell, `the bundle says ${then}, judged again ${now}`)
  }

  /** One whose claim is gone: its evidence stays, and says nothing. */
  leave(cell: string): void {
    const folder = evidenceFolder(this.#results.subjects[0]?.name ?? '', cell)
    for (const path of this.#bundle.paths) if (path.startsWith(`${folder}/`)) this.expected.add(path)
  }

  /** What was gathered for it, and the files for people that go with it. */
  async #evidence(result: CellResult): Promise<GatheredRecord | undefined> {
    const { cell, subject, evidence, verdict } = result
    const folder = evidenceFolder(subject, cell)
    const path = `${folder}/${gatheredFile}`
    if (evidence !== folder) this.#findings.wrong(cell, 'its evidence is said to lie elsewhere')
    if (!this.#bundle.paths.includes(path)) {
      // What the harness did not finish is inconclusive, and keeps the build from being certified.
      if (verdict !== 'inconclusive') this.#findings.wrong(cell, 'it has no evidence')
      return undefined
    }
    this.expected.add(path)
    let record: GatheredRecord
    try {
      record = unpackGathered(await this.#bundle.read(path), path)
    } catch (error) {
      this.#findings.wrong(cell, (error as Error).message.replace(/\.$/, ''))
      return undefined
    }
    const slips = [...slipsOfBinding(record, result, this.#results), ...slipsOfResult(record, result)]
    for (const slip of [...slips, ...this.#slipsOfTwins(record)]) this.#findings.wrong(cell, slip)
    await this.#readable(folder, record)
    return record
  }

  /** No two cells saw the very same connection. */
  #slipsOfTwins({ cell, evidence: { probe } }: GatheredRecord): string[] {
    if (probe === undefined) return []
    const key = JSON.stringify([probe.at, probe.to, probe.localPort, probe.milliseconds])
    const other = this.#probes.get(key)
    this.#probes.set(key, cell)
    return other === undefined ? [] : [`its probe is the one of ${other}`]
  }

  async #readable(folder: string, record: GatheredRecord): Promise<void> {
    for (const [name, text] of readableFiles(record)) {
      const path = `${folder}/${name}`
      this.expected.add(path)
      if (!this.#bundle.paths.includes(path)) this.#findings.wrong(path, 'it is missing')
      else if ((await this.#bundle.read(path)).toString() !== text)
        this.#findings.wrong(path, `it does not say what ${gatheredFile} beside it says`)
    }
  }
}

type Standing = Pick<Judgement, 'verdict'> & {
  declared?: string
  stale?: boolean
  side?: string
  present?: boolean
}

/** What two judgements are compared by: how they put it may change. */
const standing = ({
  verdict,
  declared,
  side,
}: Pick<CellResult, 'verdict' | 'declared' | 'side'>): Standing => ({
  verdict,
  ...(declared && { declared: declared.verdict, stale: declared.stale }),
  ...(side && { side: `${side.is} ${side.step}` }),
  ...(side?.present !== undefined && { present: side.present }),
})

const inWords = ({ verdict, declared, stale, side }: Standing): string =>
  [
    verdict,
    ...(declared === undefined ? [] : [stale === true ? 'its declaration stale' : `declared ${declared}`]),
    ...(side === undefined ? [] : [side]),
  ].join(', ')
