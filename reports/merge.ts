import { isDeepStrictEqual } from 'node:util'
import { mergedCoverage } from './coverage.ts'
import { ReportError } from './failure.ts'
import { keyOf } from './results-view.ts'
import { mergedPhases, mergedRun } from './merge-run.ts'
import { complete, inOrder, wholeOf, type Demands } from './merge-shards.ts'
import type { CellResult, ClaimRecord, Results } from './schema.ts'
import { shardsOf } from './shards.ts'
import { wordOf } from './verdicts.ts'

/** One results file: what it holds and how to name it in an error. */
export interface MergePart {
  readonly results: Results
  /** The file. */
  readonly from: string
  /** Path from the folder of the merged run to this file's folder; evidence paths are moved by it. */
  readonly evidenceBase?: string
}

/**
 * Several results files of different subjects, or of shards of one run, as one.
 * Times of phases are sums, `wall` is the longest. What two files both say must be equal; of two results of a cell
 * that come to the same, the one of the later run is kept.
 * Cells of shards that are missing are inconclusive, and what is missing is told in `missing`.
 * Errors: ReportError (exit 2) naming both files.
 */
export function mergeResults(parts: readonly MergePart[], demands: Demands = {}): Results {
  const [first] = parts
  if (first === undefined)
    throw new ReportError('merge-nothing', 'Name at least one results file to report on.')
  sameTool(parts)
  const shards = shardsOf(parts)
  const whole = wholeOf(shards)
  if (whole === undefined) return complete(united(parts, parts), [], demands)
  const results = complete(united(parts, [whole, ...parts]), shards, demands)
  return { ...results, results: inOrder(results) }
}

/** All that the parts say. @param telling those that say what was asked, the whole before its shards */
function united(parts: readonly MergePart[], telling: readonly MergePart[]): Results {
  const [first] = parts
  if (first === undefined) throw new TypeError('a merge has a part')
  if (telling.length === 1)
    return { ...first.results, results: first.results.results.map((one) => moved(one, first)) }
  const coverage = mergedCoverage(telling.map(({ results }) => results.coverage))
  const missing = [...new Set(parts.flatMap((part) => part.results.missing ?? []))]
  return {
    format: 'etcd-tls/results',
    formatVersion: 1,
    tool: first.results.tool,
    run: mergedRun(parts.map(({ results }) => results.run)),
    subjects: union(
      parts,
      'subject',
      ({ subjects }) => subjects,
      (subject) => subject.name,
    ),
    sections: union(
      telling,
      'section',
      ({ sections }) => sections,
      (section) => section.id,
    ),
    claims: mergedClaims(telling),
    results: mergedResults(parts),
    ...mergedOptions(parts),
    ...(coverage !== undefined && { coverage }),
    ...(missing.length > 0 && { missing }),
    phases: mergedPhases(parts.map(({ results }) => results.phases)),
  }
}

function sameTool([first, ...others]: readonly MergePart[]): void {
  const other = others.find(({ results }) => !isDeepStrictEqual(results.tool, first?.results.tool))
  if (first === undefined || other === undefined) return
  const [a, b] = [first.results.tool, other.results.tool]
  throw new ReportError(
    'merge-tools',
    `${first.from} was written by ${a.name} ${a.version} and ${other.from} by ${b.name} ${b.version}; run one of them again.`,
  )
}

/** Items of all parts, once each, in order; two that share a key must be equal. */
function union<T>(
  parts: readonly MergePart[],
  noun: string,
  items: (results: Results, part: MergePart) => readonly T[],
  key: (item: T) => string,
): T[] {
  const seen = new Map<string, { item: T; from: string }>()
  for (const part of parts) {
    for (const item of items(part.results, part)) {
      const known = seen.get(key(item))
      if (known === undefined) seen.set(key(item), { item, from: part.from })
      else if (!isDeepStrictEqual(known.item, item)) throw differs(noun, key(item), known.from, part.from)
    }
  }
  return [...seen.values()].map(({ item }) => item)
}

function mergedOptions(parts: readonly MergePart[]): Pick<Results, 'options'> {
  if (parts.every(({ results }) => results.options === undefined)) return {}
  return {
    options: union(
      parts,
      'option',
      ({ options = [] }) => options,
      ({ name }) => name,
    ),
  }
}

/** Timings and addresses differ from run to run; what a cell comes to may not. */
function mergedResults(parts: readonly MergePart[]): CellResult[] {
  const seen = new Map<string, { item: CellResult; part: MergePart }>()
  for (const part of parts) {
    for (const one of part.results.results) {
      const item = moved(one, part)
      const key = keyOf(item.subject, item.cell)
      const known = seen.get(key)
      if (known !== undefined) demandAgreement(key, known, { item, part })
      if (known === undefined || part.results.run.finished > known.part.results.run.finished)
        seen.set(key, { item, part })
    }
  }
  return [...seen.values()].map(({ item }) => item)
}

interface Placed {
  readonly item: CellResult
  readonly part: MergePart
}

function demandAgreement(key: string, one: Placed, other: Placed): void {
  const twice = one.part === other.part && !isDeepStrictEqual(one.item, other.item)
  if (twice) throw differs('result of', key, one.part.from, other.part.from)
  const [before, after] = [comesTo(one.item), comesTo(other.item)]
  if (before === after) return
  throw new ReportError(
    'merge-differs',
    `The result of ${named(key)} cannot be merged: it is ${before} in ${one.part.from} and ${after} in ${other.part.from}; leave one of them out.`,
  )
}

/** `fail*`, and what was declared where the verdict is another. */
const comesTo = (result: CellResult): string =>
  result.declared === undefined || result.declared.verdict === result.verdict
    ? wordOf(result)
    : `${wordOf(result)} (declared as ${result.declared.verdict})`

const named = (key: string): string => key.split('\n').toReversed().join(' on ')

function differs(noun: string, key: string, one: string, other: string): ReportError {
  const where = one === other ? `${one} holds it twice` : `${one} and ${other} differ in it`
  return new ReportError(
    'merge-differs',
    `The ${noun} ${named(key)} cannot be merged: ${where}; leave one of them out.`,
  )
}

/** A claim whose cells are spread over shards has all of them afterwards. */
function mergedClaims(parts: readonly MergePart[]): ClaimRecord[] {
  const bare = union(
    parts,
    'claim',
    ({ claims }) => claims.map((claim) => ({ ...claim, cells: [] })),
    ({ id }) => id,
  )
  return bare.map((claim) => ({
    ...claim,
    cells: union(
      parts,
      'cell',
      ({ claims }) => claims.find(({ id }) => id === claim.id)?.cells ?? [],
      ({ id }) => id,
    ),
  }))
}

function moved(result: CellResult, { evidenceBase }: MergePart): CellResult {
  if (evidenceBase === undefined || evidenceBase === '' || result.evidence === undefined) return result
  // Evidence that is still in its file stays there: a spread would read it.
  const evidence = {
    value: `${evidenceBase}/${result.evidence}`,
    enumerable: true,
    configurable: true,
    writable: true,
  }
  return Object.defineProperties({} as CellResult, { ...Object.getOwnPropertyDescriptors(result), evidence })
}
