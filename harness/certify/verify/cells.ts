import { isDeepStrictEqual } from 'node:util'
import type { CellResult, Results, SubjectRecord } from '../../../reports/index.ts'
import { asWritten } from '../../gathered/as-written.ts'
import { claimDigest } from '../../gathered/claim-digest.ts'
import { judgeAgain } from '../../gathered/judge-again.ts'
import { unpackGathered } from '../../gathered/read.ts'
import type { GatheredRecord } from '../../gathered/record.ts'
import { gatheredFile } from '../../gathered/write.ts'
import { notApplicable } from '../../run/release/applicability.ts'
import { sectionOf, type CatalogueCell } from '../../run/catalogue/cells.ts'
import { notAsked, playedResult } from '../../run/cell-result.ts'
import { evidenceFolder } from '../../run/gather/evidence-folder.ts'
import { spelt } from '../../run/release/spelling.ts'
import type { Subject } from '../../subject/subject.ts'
import type { Bundle } from '../bundle.ts'
import { privateKeyIn } from '../private-keys.ts'
import { readableFiles } from '../readable.ts'
import { commitsIn, fieldsOfEvidence, slipsOfEvidence, slipsOfForms, slipsOfWorld } from './binding.ts'
import type { Findings } from './findings.ts'
import { inWords, reasonOf, standing } from './standing.ts'

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
  /** What the build says that it was built from. */
  #commit: string | undefined
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
    if (result.claim !== cell.claimId) this.#findings.wrong(result.cell, `it is told of ${result.claim}`)
    if (result.reused !== undefined) this.#findings.wrong(result.cell, 'it is told as of an earlier run')
    const isChanged = claimDigest(cell) !== digest
    const today: CatalogueCell = { ...cell, cell: spelt(cell.cell, build.etcd) }
    const reason = notApplicable(sectionOf(cell), today.cell, build as Pick<Subject, 'etcd' | 'go' | 'tls'>)
    if (result.verdict === 'not-applicable') {
      if (reason === undefined) this.#differs(result, isChanged, 'it is asked of this build')
      else {
        this.#findings.judged += 1
        this.#tell(notAsked(today, build as Subject, reason), result, ['milliseconds'])
      }
      if ([...fieldsOfEvidence, 'evidence'].some((field) => field in result))
        this.#findings.wrong(result.cell, 'it does not apply, and yet something was seen')
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
    else this.#judge({ ...today, build }, record, result, changed)
  }

  #judge(
    { build, ...today }: CatalogueCell & { readonly build: SubjectRecord },
    record: GatheredRecord,
    result: CellResult,
    changed: boolean,
  ): void {
    const judged = judgeAgain(today.cell, record)
    const [now, then] = [standing(judged), standing(result)]
    if (!isDeepStrictEqual(now, then))
      return this.#differs(
        result,
        changed,
        `${inWords(now)}${judged.why[0] === undefined ? '' : ` (${judged.why[0]})`}`,
      )
    this.#findings.judged += 1
    // What a declaration says of such builds is part of the claim, not of how a version puts it.
    if (!changed && !isDeepStrictEqual(reasonOf(judged), reasonOf(result)))
      this.#findings.wrong(result.cell, 'its declaration is not the one of the claim')
    const { commands } = build
    if (this.#isOurs && commands !== undefined)
      this.#tell(
        playedResult(today, { ...build, commands } as Subject, record, judged),
        result,
        comparedElsewhere,
      )
  }

  /** The results say of a cell what the very same tool would say; another version may put it otherwise. */
  #tell(anew: Partial<CellResult>, result: CellResult, but: readonly string[]): void {
    if (!this.#isOurs) return
    const written = asWritten<Readonly<Record<string, unknown>>>(anew)
    const fields = Object.keys({ ...written, ...result }).filter((field) => !but.includes(field))
    const other = fields.find(
      (field) => !isDeepStrictEqual(written[field], result[field as keyof CellResult]),
    )
    if (other !== undefined) this.#findings.wrong(result.cell, `its ${other} is not what the judge says`)
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
      const key = privateKeyIn(Buffer.from(JSON.stringify(record)))
      if (key !== undefined) this.#findings.wrong(path, `it holds ${key}`)
    } catch (error) {
      this.#findings.wrong(cell, (error as Error).message.replace(/\.$/, ''))
      return undefined
    }
    const slips = slipsOfEvidence(record, result, this.#results)
    const among = [...this.#slipsOfTwins(record), ...this.#slipsOfCommit(record)]
    for (const slip of [...slips, ...among]) this.#findings.wrong(cell, slip)
    for (const slip of slipsOfForms(record))
      if (this.#isOurs) this.#findings.wrong(cell, slip)
      else this.#findings.since(cell, slip)
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

  /** A build has one commit: evidence of another build of that version and Go states another. */
  #slipsOfCommit(record: GatheredRecord): string[] {
    const stated = commitsIn(record)
    this.#commit ??= stated[0]
    const other = stated.find((commit) => commit !== this.#commit)
    return other === undefined
      ? []
      : [`its log is of commit ${other}, that of another cell of ${String(this.#commit)}`]
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

/** Times are nobody's word, and the rest is held against what was gathered. */
const comparedElsewhere = [...fieldsOfEvidence, 'milliseconds', 'evidence']
